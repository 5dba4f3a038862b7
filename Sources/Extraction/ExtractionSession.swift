package import Annotations
internal import Characters
package import Reading
internal import Recognition
internal import Rules
internal import Segmentation

/// The pipeline: one document at a time, its stages in order.
///
/// A session owns every buffer and belongs to one thread; the knowledge is shared.
///
///     var session = ExtractionSession(knowledge)
///     let analysis = session.analyze(document)
package struct ExtractionSession {
  /// The stages of rules that are always there, in order; each sees the results of the ones before. Knowledge
  /// may have more of them between these.
  private enum Stage: String, CaseIterable {
    /// What needs no context.
    case words
    case names
    /// Names made of names.
    case compounds
    /// Results that are facts as they are, among tagged words.
    case facts
  }

  /// The features that rules may ask of every quantity and time.
  package static let valueFeatures = GraphFeatures.ofValues
  /// The stages that are always run, in order.
  package static let stageNames = Stage.allCases.map(\.rawValue)

  private let knowledge: CompiledKnowledge
  /// For each stage of the knowledge, its matcher.
  private var matchers: [StageMatcher]
  /// The stages before the words are tagged: their results are names.
  private let nameStages: Range<Int>
  private let factStages: Range<Int>
  private let quantityRecognizer: QuantityRecognizer
  private let timeRecognizer: TimeRecognizer
  private let valueRecognizer: NumericValueRecognizer
  private let collectsValues: Bool
  private let limits: DocumentLimits
  /// The edges of all graphs.
  private var edges = 0
  private let skippedRepairs: Set<RepairKind>
  private let wordClass: ClassID?
  private let quantityClass: ClassID?
  private let predicativeClass: ClassID?
  private let verbalClass: ClassID?
  private let amountClass: ClassID?
  private let timeClass: ClassID?
  private let lengthClass: ClassID?
  private let retractedClass: ClassID?
  private let abbreviationClass: ClassID?
  private let types: [ClassID: EntityType]
  /// For each class, the type of its names.
  private let typeOfClass: [EntityType?]
  private let tags: [Bool]
  private var splitter = SentenceSplitter()
  private let wordPath: WordPath
  private var nameFinder: NameFinder
  private let tagPath: TagPath
  private var clauseChart: ClauseChart
  private let linker: EntityLinker
  private var graph = AnnotationGraph()
  /// The spans of the graph, for the stages.
  private var spans: SentenceSpans

  /// A session over compiled knowledge; `collectsValues` asks for every typed value besides, `skippedRepairs` are
  /// the kinds of damage to a text that are left as they are.
  package init(
    _ knowledge: CompiledKnowledge, collectsValues: Bool = false,
    skippedRepairs: Set<RepairKind> = [], limits: DocumentLimits = DocumentLimits()
  ) {
    self.collectsValues = collectsValues
    self.skippedRepairs = skippedRepairs
    self.limits = limits
    self.knowledge = knowledge
    var spans = SentenceSpans()
    matchers = knowledge.stages.map { StageMatcher($0, spans: &spans) }
    self.spans = spans
    let names = knowledge.stages.map(\.name)
    func end(of stage: Stage) -> Int {
      names.firstIndex(of: stage.rawValue).map { $0 + 1 } ?? names.count
    }
    // A stage of its own place belongs to the engine's stage before it.
    nameStages = 0..<(end(of: .facts) - 1)
    factStages = nameStages.upperBound..<names.count
    wordClass = knowledge.classes.find("word")
    quantityRecognizer = QuantityRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals)
    timeRecognizer = TimeRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals, calendar: knowledge.calendar)
    valueRecognizer = NumericValueRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals)
    quantityClass = knowledge.classes.find("quantity")
    predicativeClass = knowledge.classes.find("quantity.predicative")
    verbalClass = knowledge.classes.find("quantity.verbal")
    amountClass = knowledge.classes.find("amount")
    timeClass = knowledge.classes.find("time-expression")
    lengthClass = knowledge.classes.find("time-expression.length")
    retractedClass = knowledge.classes.find("retracted")
    abbreviationClass = knowledge.classes.find("ABBREVIATION")
    linker = EntityLinker(vocabulary: knowledge.names)
    var types: [ClassID: EntityType] = [:]
    for type in EntityType.allCases {
      if let id = knowledge.classes.find(type.rawValue) { types[id] = type }
    }
    self.types = types
    typeOfClass = (0..<knowledge.classes.count).map { types[ClassID(rawValue: UInt16($0))] }
    tags = knowledge.classes.membership(of: knowledge.tagging.tagClasses)
    wordPath = WordPath(lexicon: knowledge.lexicon)
    nameFinder = NameFinder(knowledge.nameForms, lexicon: knowledge.lexicon)
    tagPath = TagPath(model: knowledge.tagging, lexicon: knowledge.lexicon)
    clauseChart = ClauseChart(
      knowledge.clauseGrammar, model: knowledge.tagging, lexicon: knowledge.lexicon,
      classes: knowledge.classes)
  }

  /// Finds everything in a document.
  /// - Complexity: O(count of the text); see the stages.
  package mutating func analyze(_ document: Document) -> DocumentAnalysis {
    var observer = NoObserver()
    return analyze(document, observer: &observer)
  }

  /// The same, and tells `observer` what each stage makes.
  mutating func analyze(
    _ document: Document, observer: inout some PipelineObserver
  ) -> DocumentAnalysis {
    var analysis = begin(document)
    let text = analysis.text
    var times = TimeContext(reference: document.date, clock: document.clock)
    var discourse = Discourse()
    var lastEnd = 0
    let before = steps
    for (number, sentence) in analysis.sentences.enumerated() {
      if let reason = limits.exceeded(end: text.source(sentence).end, steps: steps - before) {
        let rest = TextRange(sentence.start, analysis.sentences.last?.end ?? sentence.end)
        analysis.end = AnalysisEnd(reason: reason, rest: rest)
        analysis.sentences.removeSubrange(number...)
        break
      }
      // A new line is a new paragraph: who acts and who speaks is not carried into it. Nor is it across what
      // is lost.
      let between = text.characters[lastEnd..<sentence.start]
      if between.contains(where: { CharacterKind($0) == .newline || $0 == NormalizedText.damaged })
      {
        discourse.endParagraph()
      }
      lastEnd = sentence.end
      analyze(sentence, &analysis, &times, &discourse, &observer)
    }
    analysis.links = linker.link(analysis)
    return analysis
  }

  /// What was done for all documents, counted; see ``DocumentLimits``. 0 where nobody asks.
  private var steps: Int {
    limits.steps == nil ? 0 : matchers.reduce(edges + clauseChart.steps) { $0 + $1.steps }
  }

  /// An analysis with the text in normalised form and its sentences.
  private mutating func begin(_ document: Document) -> DocumentAnalysis {
    let (text, repairs) = knowledge.normalizer.normalize(
      document.text, without: skippedRepairs)
    var analysis = DocumentAnalysis(text: text, repairs: repairs)
    analysis.sentences = splitter.split(text)
    if collectsValues { analysis.values = [] }
    return analysis
  }

  /// Finds the typed values of a document and nothing else: no names, no facts, and of a quantity not
  /// what it counts.
  /// - Complexity: O(count of the text).
  package mutating func recognize(_ document: Document) -> DocumentAnalysis {
    var analysis = begin(document)
    var context = TimeContext(reference: document.date, clock: document.clock)
    for sentence in analysis.sentences {
      graph.reset(to: sentence)
      knowledge.lexicon.addWords(
        of: analysis.text, to: &graph, isHidden: knowledge.isHidden)
      let (times, quantities) = recognize(sentence, &analysis, &context)
      analysis.times += times
      analysis.quantities += quantities
    }
    return analysis
  }

  private mutating func analyze(
    _ sentence: TextRange, _ analysis: inout DocumentAnalysis, _ timeContext: inout TimeContext,
    _ discourse: inout Discourse, _ observer: inout some PipelineObserver
  ) {
    observer.began(sentence)
    let text = analysis.text
    let words = addWords(of: sentence, in: text)
    let (times, quantities) = recognize(sentence, &analysis, &timeContext)
    var layers = SentenceLayers(
      text: text, date: timeContext.reference, times: times, quantities: quantities)
    addValues(&layers)

    _ = run(nameStages, &layers, &observer)
    let claims = layers.claims.filter { $0.edge.category != abbreviationClass }
    let settled = ClaimSettlement.settle(claims)
    // A quote or an aside is one word of its clause, and what it holds is found all the same.
    var results = ClaimSettlement.settle(claims.filter { $0.kind != .name || type(of: $0) != nil })
    observer.settled(claims, words: settled, results: results)

    let tagged = tag(words, in: text, claims: settled)
    observer.tagged(tagged)
    let factMatches = run(factStages, &layers, &observer)
    let pieces = clauseChart.pieces(of: tagged)
    observer.read(pieces)
    edges += graph.edges.count
    observer.ended(
      matches: layers.matches, times: times, quantities: quantities, graph: graph)

    results.removeAll { layers.retracted.contains($0.edge.payload) }
    analysis.retractions += layers.retractions
    let classes = knowledge.classes
    let stated = layers.standing(factMatches)
    analysis.frames += settled.compactMap { claim in
      guard claim.kind == .name, type(of: claim) == nil,
        case .match(let number) = claim.edge.payload
      else { return nil }
      return Frame(layers.matches[Int(number)], classes)
    }
    addNames(results, layers, &analysis)
    analysis.times += results.filter { $0.kind == .time }.map { times[$0.number] }
    analysis.tokens += tagged.map {
      Token(range: $0.range, tag: classes.name(knowledge.tagging.tagClasses[$0.tag]))
    }
    analysis.frames += pieces.map {
      Frame(range: $0.range, category: $0.part.written, provenance: $0.provenance)
    }
    analysis.frames += stated.map { Frame($0, classes) }

    let phrases = SentencePhrases(
      sentence: sentence, text: text, day: timeContext.reference, tokens: tagged,
      vocabulary: knowledge.phrases, classes: classes, lexicon: knowledge.lexicon,
      pieces: pieces, times: times, quantities: quantities,
      relationNames: knowledge.clauseGrammar.relationNames,
      mentions: results.filter { $0.kind == .name }.map(\.edge), types: types)
    analysis.quantities += counted(
      results.filter { $0.kind == .quantity }.map { quantities[$0.number] }, phrases, &discourse)
    analysis.triples += triples(of: pieces, phrases, &discourse)
    for quoted in discourse.attributed { quoted.attribute(&analysis.triples) }
    analysis.triples += stated.flatMap { phrases.stated(by: $0, &discourse) }
  }

  /// Begins the graph of a sentence: the words of the lexicon, those of the plain path, which it gives for rules that ask
  /// for borders of words, and names by their characters.
  private mutating func addWords(of sentence: TextRange, in text: NormalizedText) -> [PlainWord] {
    graph.reset(to: sentence)
    spans.reset()
    knowledge.lexicon.addWords(of: text, to: &graph, isHidden: knowledge.isHidden)
    var words: [PlainWord] = []
    words.reserveCapacity(sentence.count)
    wordPath.forEachWord(in: text.characters, range: sentence) { range, cost in
      let kind = CharacterKind(text[range.start])
      words.append(
        PlainWord(range: range, cost: cost, isWord: kind != .other && kind != .space))
    }
    if let wordClass {
      graph.add(atMost: words.count) { edges, _ in
        for word in words { edges.append(Edge(range: word.range, category: wordClass)) }
      }
    }
    nameFinder.addNames(in: text.characters, path: wordPath, to: &graph)
    return words
  }

  /// Adds the times and quantities of a sentence to its graph and its claims.
  private mutating func addValues(_ layers: inout SentenceLayers) {
    for (number, time) in layers.times.enumerated() {
      guard let category = time.isLength ? lengthClass : timeClass else { break }
      let edge = Edge(range: time.range, category: category, payload: .time(Int32(number)))
      graph.add(edge)
      layers.claims.append(Claim(edge: edge, kind: .time, weight: 0, number: number))
    }
    for (number, quantity) in layers.quantities.enumerated() {
      guard let category = category(of: quantity, in: layers.text) else { continue }
      let payload = EdgePayload.quantity(Int32(number))
      if let predicate = quantity.predicate, let amountClass {
        // 超过 + 40平方米: a verb and an amount as well as one quantity.
        let amount = TextRange(predicate.end, quantity.range.end)
        graph.add(Edge(range: amount, category: amountClass, payload: payload))
      }
      let edge = Edge(range: quantity.range, category: category, payload: payload)
      graph.add(edge)
      layers.claims.append(Claim(edge: edge, kind: .quantity, weight: 0, number: number))
    }
  }

  /// The class of a quantity: by how it begins (超过40平方米), or whether it counts deeds (30多次).
  private func category(of quantity: Quantity, in text: NormalizedText) -> ClassID? {
    if quantity.predicate != nil { return predicativeClass }
    guard quantity.kind == .count, let measure = quantity.measure,
      knowledge.phrases.kinds(in: text.characters, measure).contains(.verbalMeasure)
    else { return quantityClass }
    return verbalClass
  }

  /// The tagged words of the sentence, which are in the graph then.
  private mutating func tag(
    _ words: [PlainWord], in text: NormalizedText, claims: [Claim]
  ) -> [TaggedToken] {
    spans.follow(graph, text: text.characters)
    let tagged = tagPath.tokens(
      graph: graph, spans: spans, words: words, claims: claims.map(\.edge))
    let tagClasses = knowledge.tagging.tagClasses
    graph.add(atMost: tagged.count) { edges, _ in
      for token in tagged {
        edges.append(
          Edge(range: token.range, category: tagClasses[token.tag], payload: token.payload))
      }
    }
    return tagged
  }

  /// Writes down the names that stand, those inside them, and those that are parts of words.
  private func addNames(
    _ results: [Claim], _ layers: SentenceLayers, _ analysis: inout DocumentAnalysis
  ) {
    func mention(_ edge: Edge, _ type: EntityType) -> Mention? {
      guard case .match(let number) = edge.payload else { return nil }
      let match = layers.matches[Int(number)]
      return Mention(
        range: match.range, type: type, subtype: match.text("subtype"),
        name: match.text("name"), provenance: match.provenance)
    }
    let names = layers.claims.filter { type(of: $0) != nil }
    for claim in results where claim.kind == .name {
      guard let type = type(of: claim), let own = mention(claim.edge, type) else { continue }
      analysis.mentions.append(own)
      for inner in ClaimSettlement.nested(in: claim, names) {
        if let type = self.type(of: inner), let found = mention(inner.edge, type) {
          analysis.nested.append((found, own.range))
        }
      }
    }
    let ofSentence = analysis.abbreviations.count
    for claim in layers.claims where claim.edge.category == abbreviationClass {
      // What two rules find is one.
      if let found = mention(claim.edge, abbreviatedType(of: claim.edge, layers.matches)),
        !analysis.abbreviations[ofSentence...].contains(where: { $0.range == found.range })
      {
        analysis.abbreviations.append(found)
      }
    }
  }

  /// The quantities of a sentence, each with what it counts.
  private func counted(
    _ quantities: [Quantity], _ phrases: SentencePhrases, _ discourse: inout Discourse
  ) -> [Quantity] {
    var previous = discourse.lastQuantity
    let counted = quantities.map { quantity in
      var quantity = quantity
      quantity.counted = CountedNoun.find(of: quantity, after: previous, in: phrases)
      previous = quantity
      return quantity
    }
    discourse.lastQuantity = counted.last
    return counted
  }

  /// The facts that the clauses of a sentence tell, each with its margin.
  private mutating func triples(
    of pieces: [ClausePiece], _ phrases: SentencePhrases, _ discourse: inout Discourse
  ) -> [Triple] {
    var assembler = FactAssembler(phrases: phrases)
    return assembler.triples(of: pieces, &discourse).map { triple in
      var triple = triple
      triple.margin = clauseChart.margin(
        of: [triple.subject, triple.relation, triple.object].compactMap { $0?.range }
          .filter { phrases.sentence.contains($0) && !$0.isEmpty }, in: phrases.tokens)
      return triple
    }
  }

  /// Finds the typed values of a sentence whose words are in the graph.
  private func recognize(
    _ sentence: TextRange, _ analysis: inout DocumentAnalysis, _ context: inout TimeContext
  ) -> (times: [TimeExpression], quantities: [Quantity]) {
    let characters = analysis.text.characters
    let recognized = timeRecognizer.times(in: characters, graph: graph, context: &context)
    if collectsValues {
      analysis.values? += valueRecognizer.values(in: characters, graph: graph)
      analysis.values? += recognized.map(\.value)
    }
    let times = recognized.compactMap(\.expression)
    let quantities = quantityRecognizer.quantities(
      in: characters, graph: graph, taken: times.map(\.range))
    return (times, quantities)
  }

  /// The type of the name that a claim is, if it is one.
  private func type(of claim: Claim) -> EntityType? { typeOfClass[claim.edge.category.index] }

  /// The type that a rule gives a name that is a part of a word: of a place, where it says nothing.
  private func abbreviatedType(of edge: Edge, _ matches: [RuleMatch]) -> EntityType {
    guard case .match(let number) = edge.payload else { return .location }
    return matches[Int(number)].text("type").flatMap(EntityType.init) ?? .location
  }

  /// What the stages of one sentence have found so far.
  private struct SentenceLayers {
    let text: NormalizedText
    let date: CalendarDate?
    let times: [TimeExpression]
    let quantities: [Quantity]
    var matches: [RuleMatch] = []
    var claims: [Claim] = []
    /// What a later rule took back.
    var retracted: Set<EdgePayload> = []
    /// The same for people: what it was, and the rule that took it back.
    var retractions: [Frame] = []

    /// The matches from one on, without those that were taken back.
    func standing(_ range: Range<Int>) -> [RuleMatch] {
      range.filter { !retracted.contains(.match(Int32($0))) }.map { matches[$0] }
    }
  }

  /// Runs stages, adds their results to the graph, and takes back what they say is none; what is found is a
  /// claim. Gives the results by their numbers.
  private mutating func run(
    _ stages: Range<Int>, _ layers: inout SentenceLayers, _ observer: inout some PipelineObserver
  ) -> Range<Int> {
    let first = layers.matches.count
    for stage in stages {
      observer.runs(knowledge.stages[stage], on: graph, after: layers.matches.count)
      let features = GraphFeatures(
        lexicon: knowledge.lexicon, quantities: layers.quantities, times: layers.times,
        matches: layers.matches, date: layers.date, text: layers.text, tags: tags)
      let found = matchers[stage].run(
        on: graph, text: layers.text.characters, spans: &spans, features: features)
      for match in found {
        let number = layers.matches.count
        let edge = Edge(
          range: match.range, category: match.category, payload: .match(Int32(number)))
        graph.add(edge)
        layers.claims.append(
          Claim(edge: edge, kind: .name, weight: match.weight, number: number))
        layers.matches.append(match)
      }
      for retraction in matchers[stage].retractions {
        retract(retraction, &layers)
      }
    }
    return first..<layers.matches.count
  }

  /// Takes back the results of a class over some characters: no later rule sees them, and none comes out.
  private mutating func retract(_ retraction: Retraction, _ layers: inout SentenceLayers) {
    guard let retractedClass else { return }
    var number = graph.first(at: retraction.range.start)
    while number >= 0 {
      let edge = graph.edges[number]
      if edge.range == retraction.range, retraction.classes[edge.category.index] {
        switch edge.payload {
        case .match, .quantity, .time:
          layers.retracted.insert(edge.payload)
          layers.retractions.append(
            Frame(
              range: edge.range, category: knowledge.classes.name(edge.category),
              provenance: retraction.provenance))
          graph.relabel(number, as: retractedClass)
          spans.reset()
        case .none, .sense: break
        }
      }
      number = graph.next(after: number)
    }
    layers.claims.removeAll { layers.retracted.contains($0.edge.payload) }
  }
}

extension Frame {
  /// What a rule found.
  fileprivate init(_ match: RuleMatch, _ classes: ClassTable) {
    self.init(
      range: match.range, category: classes.name(match.category), provenance: match.provenance)
  }
}
