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

      With --train nothing is cut: costs of words are learned from text whose words are separated by \
      spaces, and written as a lexicon that --words lays over the others.
      """)

  @Argument(help: "Text files; - is standard input.")
  var inputs: [String] = []

  @Option(help: "words: a line of words; jsonl: an array of words and offsets a line.")
  var format: Format = .words

  @Option(
    help: "The folder of the knowledge, a file that \"lexicon compile\" wrote, or none.")
  var lexicons: String?

  @Option(help: "A lexicon (.tsv) laid over them; may be given again.")
  var words: [String] = []

  @Option(help: "Learn costs from this text, its words separated by spaces.")
  var train: String?

  @Option(help: "How often --train goes over its text.")
  var rounds = 16

  @Option(name: .shortAndLong, help: "The file to write; by default standard output.")
  var output: String?

  @Option(help: "guanxi, or ICU's own word iterator.")
  var engine: TextSegmenter.Engine = .guanxi

  func validate() throws {
    if rounds < 1 { throw ValidationError("--rounds \(rounds) is too small; expected 1 or more") }
    if train != nil, !inputs.isEmpty || engine == .icu {
      throw ValidationError("--train reads its own text; give no inputs and no other engine")
    }
    if engine == .icu, !words.isEmpty {
      throw ValidationError("--engine icu looks at no lexicon; leave --words out")
    }
  }

  func run() async throws {
    if let train { return try learn(from: train) }
    let words =
      engine == .icu
      ? Segmenter()
      : try KnowledgePath.loadWords(lexicons, over: KnowledgePath.overlays(self.words))
    if !words.isFast {
      warn(
        "ICU \(words.icuVersion) has a dictionary or rules of a form that is not known; its own "
          + "iterator cuts, slower and without lexicons")
    }
    var segmenter = TextSegmenter(words, engine: engine)
    let file: OutputFile
    do {
      file = try OutputFile(path: output)
    } catch {
      warn("\(output ?? ""): cannot be written: \(error)")
      throw Exit.outputFailed
    }
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
        warn("\(output ?? "standard output"): cannot be written: \(error)")
        throw Exit.outputFailed
      }
    }
    try file.close()
    if failures > 0 { throw Exit.someInputsFailed }
  }

  /// Learns costs and writes them.
  private func learn(from path: String) throws {
    let lines: [[String]]
    do {
      let source = try SourceDecoder.decode(try TextLines.bytes(of: path))
      lines = source.text.split(whereSeparator: \.isNewline).map { line in
        line.split(whereSeparator: \.isWhitespace).map(String.init)
      }
    } catch {
      warn("\(path): cannot be read: \(error)")
      throw Exit.someInputsFailed
    }
    let own = LexiconFile(
      words: Set(lines.joined()).filter { $0.unicodeScalars.count <= Lexicon.longestWord }.sorted())
    let segmenter = try KnowledgePath.loadWords(
      lexicons, over: try KnowledgePath.overlays(words) + [own])
    var trainer = CostTrainer(segmenter)
    for line in lines { trainer.add(line) }
    for round in 1...rounds {
      warn("round \(round): \(trainer.train(round: round)) stretches were cut otherwise")
    }
    var text =
      "# Costs learned from \(lines.count) lines in \(rounds) rounds.\nentry\tclass\tcost\n"
    for word in trainer.learned() { text += "\(word.word)\tword\t\(word.cost)\n" }
    do {
      let file = try OutputFile(path: output)
      _ = try file.write(Array(text.utf8))
      try file.close()
    } catch {
      warn("\(output ?? "standard output"): cannot be written: \(error)")
      throw Exit.outputFailed
    }
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
