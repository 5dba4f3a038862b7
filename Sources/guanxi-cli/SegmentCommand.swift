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
    var segmenter = TextSegmenter(try words(), engine: engine)
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

  /// The words to cut by.
  private func words() throws -> Segmenter {
    if lexicons == "none" || engine == .icu { return Segmenter() }
    return Segmenter(tables: try KnowledgePath.load(lexicons).lexicon.tables)
  }

  /// Writes the words of a text; false when nobody reads them any more.
  private func segment(
    _ bytes: [UInt8], _ segmenter: inout TextSegmenter, _ file: OutputFile
  ) throws -> Bool {
    let source = try SourceDecoder.decode(bytes)
    for remark in source.diagnostics { warn("\(remark.kind): \(remark.message)") }
    let text = Array(source.text.utf8)
    var output: [UInt8] = []
    var start = 0
    while start < text.count {
      let end: Int
      switch format {
      case .words:
        end = Self.lineEnd(in: text, from: min(start + Self.portion, text.count))
        segmenter.append(text[start..<end], to: &output)
      case .jsonl:
        end = Self.lineEnd(in: text, from: start + 1)
        let hasEnd = text[end - 1] == UInt8(ascii: "\n")
        let line = String(decoding: text[start..<(hasEnd ? end - 1 : end)], as: UTF8.self)
        output += TokenLine.json(of: segmenter.words(of: line))
        if hasEnd { output.append(UInt8(ascii: "\n")) }
      }
      start = end
      if output.count > Self.portion {
        guard try file.write(output) else { return false }
        output.removeAll(keepingCapacity: true)
      }
    }
    return try file.write(output)
  }

  /// About so many bytes are cut at once, whole lines.
  private static let portion = 1 << 20

  /// The position behind the line end at `index - 1` or the next one, or the end of the text.
  private static func lineEnd(in text: [UInt8], from index: Int) -> Int {
    text[(index - 1)...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
  }
}
