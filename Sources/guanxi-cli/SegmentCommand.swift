import Annotations
import ArgumentParser
import Corpora
import Extraction
import Knowledge
import Reading
import Segmentation

extension TextSegmenter.Engine: ExpressibleByArgument {}

/// `guanxi segment`.
struct SegmentCommand: AsyncParsableCommand {
  /// What is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case words
    case jsonl
  }

  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Cut text into words: a line in, a line out.",
    discussion: """
      Words are separated by one space; nothing of the line is lost or changed. With --lexicons \
      none only ICU's own dictionary is used.
      """)

  @Argument(help: "Text files; - is standard input.")
  var inputs: [String] = []

  @Option(help: "words: a line of words; jsonl: an array of words and offsets a line.")
  var format: Format = .words

  @Option(help: "The folder of the knowledge, or none.")
  var lexicons: String?

  @Option(help: "guanxi, or ICU's own word iterator.")
  var engine: TextSegmenter.Engine = .guanxi

  func run() async throws {
    let lexicon =
      lexicons == "none" || engine == .icu
      ? KnowledgeLoader.baseLexicon() : try KnowledgePath.load(lexicons).lexicon
    var segmenter = TextSegmenter(lexicon: lexicon, engine: engine)
    let file = try OutputFile(path: nil)
    var failures = 0
    for input in inputs.isEmpty ? ["-"] : inputs {
      let bytes: [UInt8]
      do {
        bytes = try TextLines.bytes(of: input)
      } catch {
        warn("\(input): cannot be read: \(error)")
        failures += 1
        continue
      }
      do {
        guard try segment(bytes, &segmenter, file) else { break }
      } catch let error as NotText {
        warn("\(input): \(error)")
        failures += 1
      } catch {
        warn("standard output: cannot be written: \(error)")
        throw Exit.someInputsFailed
      }
    }
    if failures > 0 { throw Exit.someInputsFailed }
  }

  private func segment(
    _ bytes: [UInt8], _ segmenter: inout TextSegmenter, _ file: OutputFile
  ) throws -> Bool {
    let source = try SourceDecoder.decode(bytes)
    for remark in source.diagnostics { warn("\(remark.kind): \(remark.message)") }
    let text = Array(source.text.utf8)
    var output: [UInt8] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      switch format {
      case .words: segmenter.append(text[start..<end], to: &output)
      case .jsonl:
        let line = String(decoding: text[start..<end], as: UTF8.self)
        output += TokenLine.json(of: segmenter.words(of: line))
      }
      if end < text.count { output.append(UInt8(ascii: "\n")) }
      start = end + 1
      if output.count > 1 << 20 {
        guard try file.write(output) else { return false }
        output.removeAll(keepingCapacity: true)
      }
    }
    return try file.write(output)
  }
}
