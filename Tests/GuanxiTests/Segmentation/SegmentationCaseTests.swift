import Annotations
import Corpora
import Extraction
import Reading
import Segmentation
import Testing

/// Sentences and words, case by case.
struct SegmentationCaseTests {
  /// `会议召开。他讲话。 => 会议召开。‖他讲话。`.
  @Test func sentences() throws {
    let normalizer = try Shared.knowledge().normalizer
    var splitter = SentenceSplitter()
    try CaseFile.run("sentences", atLeast: 20) { input in
      let (text, _) = normalizer.normalize(CaseFile.unescaped(input))
      return splitter.split(text).map { CaseFile.escaped(text.sourceString(text.source($0))) }
        .joined(separator: "‖")
    }
  }

  /// `研究生命的起源 => 研究/生命/的/起源`.
  @Test func words() throws {
    var segmenter = TextSegmenter(
      Segmenter(tables: try Shared.knowledge().lexicon.tables), engine: .guanxi)
    try CaseFile.run("segmentation", atLeast: 20) { input in
      segmenter.words(of: CaseFile.unescaped(input)).map(CaseFile.escaped).joined(separator: "/")
    }
  }
}
