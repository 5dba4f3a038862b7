import Annotations
import ArgumentParser
import Corpora
import Extraction
import Knowledge

/// `guanxi why`.
struct WhyCommand: AsyncParsableCommand {
  /// What is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case tree
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Say why a result came out of a text, or why it did not.",
    discussion: """
      Without --expect every result of the text is explained, down to the rules and rows that made \
      it. With --expect one result is: why it is there, or what it wants. With --word the rows of a \
      word are told, and what became of it in the text.
      """)

  @Option(help: "The text; - is standard input.")
  var text: String?

  @Option(help: "A result: CLASS(text), or (subject, relation, object) with - for an empty role.")
  var expect: String?

  @Option(help: "A word.")
  var word: String?

  @Option(help: "The day (YYYY-MM-DD) of the text.")
  var date: String?

  @Option(help: "The folder of the knowledge.")
  var lexicons: String?

  @Option(help: "tree: indented lines; json: an object a line.")
  var format: Format = .tree

  func validate() throws {
    if text == nil, word == nil {
      throw ValidationError("there is nothing to ask about; expected --text, or --word, or both")
    }
    if expect != nil, text == nil || word != nil {
      throw ValidationError("--expect asks about a text; give --text with it, and no --word")
    }
    if let date, CalendarDate(date) == nil {
      throw ValidationError("--date \"\(date)\" is no day; expected YYYY-MM-DD, as 2021-03-15")
    }
  }

  func run() async throws {
    let place = KnowledgePath.find(lexicons)
    guard !KnowledgeLoader.isCompiled(place.path) else {
      warn(
        "\"\(place.path)\" is a compiled file; why looks into rows and rules, so give the folder it came from"
      )
      throw Exit.usage
    }
    if let word { sayFaults(of: word, place.path) }
    let knowledge = try KnowledgePath.load(lexicons)
    let source = KnowledgeSource(folder: place.path)
    let recorded = try readText().map { text in
      RecordedAnalysis(
        Document(id: "text", date: date.flatMap { CalendarDate($0) }, text: text), knowledge)
    }
    if let word {
      write([WordExplainer(knowledge, source).explain(word, in: recorded)])
      return
    }
    guard let recorded else { return }
    guard let expect else {
      let all = ResultExplainer(recorded, source).all()
      if all.isEmpty, format == .tree { print("nothing came out of the text") }
      write(all)
      return
    }
    do {
      let expectation = try ExpectedResult(expect, knowledge)
      switch try Diagnostician(expectation, recorded, source).answer() {
      case .present(let explanations): write(explanations)
      case .missing(let diagnosis):
        switch format {
        case .tree: print(ExplanationText.text(diagnosis), terminator: "")
        case .json:
          print(String(decoding: ExplanationText.json(diagnosis), as: UTF8.self), terminator: "")
        }
      }
    } catch let error as ExpectedResult.Malformed {
      warn("--expect: \(error)")
      throw Exit.usage
    }
  }

  /// The text of the option, or of standard input.
  private func readText() throws -> String? {
    guard text == "-" else { return text }
    return String(decoding: try TextLines.bytes(of: "-"), as: UTF8.self)
  }

  /// A row with a fault keeps the whole folder from being used: says which rows of the word have one.
  private func sayFaults(of word: String, _ path: String) {
    for fault in KnowledgeSource.faults(ofEntry: word, folder: path) { warn("\(fault)") }
  }

  private func write(_ explanations: [Explanation]) {
    switch format {
    case .tree: print(ExplanationText.tree(explanations), terminator: "")
    case .json:
      for explanation in explanations {
        print(String(decoding: ExplanationText.json(explanation), as: UTF8.self), terminator: "")
      }
    }
  }
}
