import Annotations
import Extraction
import Knowledge
import Testing

/// What a test of a grammar asks of a word, over small lexicons: which words of a sentence pass it.
struct WordConditionTests {
  private static let files = [
    LexiconFile(
      name: "words.tsv",
      text: """
        entry\tclass\tuse\ttype
        建立\tverb.transitive\toften\testablish
        签署\tverb.transitive\trarely\tsign
        表示\tverb.transitive\trarely\tshow
        表示\tverb.speech\t\tsay
        江城\tplace.city\t\t
        江国\tplace.country\t\t
        江社\torg\t\t
        。\tpunct\t\t

        """),
    LexiconFile(
      name: "tags.costs.tsv",
      text: """
        class\tfeature\tvalue\ttag\tcost
        *\t\t\tN\t30
        ?\t\t\tS\t120
        verb\t\t\tV\t0
        place\t\t\tNR\t0
        org\t\t\tNR\t0
        LOC\t\t\tNR\t0
        ORG\t\t\tNR\t0
        punct\t\t\tS\t0

        """),
    LexiconFile(
      name: "names.rules",
      text: """
        stage names keep all
        rule place
          match @place
          emit LOC
          + 江城。 => LOC(江城)
        rule institute
          match @place "院"
          emit ORG
          + 江城院。 => ORG(江城院)

        """),
  ]

  @Test(arguments: [
    ("V[verb.transitive]", "建立 签署 表示"),
    ("V[verb.speech]", "表示"),
    ("V[verb.transitive&use=rarely]", "签署 表示"),
    // One row has to have all of it: the transitive 表示 is not of the type say.
    ("V[verb.transitive&type=say]", ""),
    ("V[verb.speech&type=say]", "表示"),
    // And no row may have what is not wanted.
    ("V[verb.transitive&!verb.speech]", "建立 签署"),
    ("V[verb.transitive&use!=often]", "签署 表示"),
    ("V[!verb.speech&type!=establish/show]", "签署"),
    ("V[entry=建立/签署&use!=often]", "签署"),
    // A name has the class of the rule that found it, and those of the rows of its characters.
    ("NR", "江城 江国院 江国 江社"),
    ("NR[place]", "江城 江国"),
    ("NR[place.country]", "江国"),
    ("NR[LOC]", "江城 江国"),
    ("NR[ORG]", "江国院"),
    ("NR[org]", "江社"),
    ("NR[LOC&!place.country]", "江城"),
    ("NR[!LOC]", "江国院 江社"),
  ]) func words(test: String, expected: String) throws {
    let grammar = """
      network\tfrom\ton\tto\tcost\tpart
      sentence\tstart\t\(test)\tstart\t-1\tpredicate
      sentence\tstart\tend\t\t0\t
      sentence\t*\t*\t\t25\t

      """
    let loaded = try KnowledgeLoader.load(
      folder: nil, over: Self.files + [LexiconFile(name: "g.grammar.tsv", text: grammar)])
    #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
    var session = ExtractionSession(try #require(loaded.knowledge))
    let analysis = session.analyze(Document(id: "case", text: "建立江城签署江国院表示江国江社。"))
    let found = analysis.frames.filter { $0.category == "PREDICATE" }.map {
      analysis.text.string($0.range)
    }
    #expect(found.joined(separator: " ") == expected)
  }
}
