/// Learns the costs of words from text that was cut by hand: an averaged structured perceptron over the
/// same graph that ``WordCutter`` searches.
///
/// Where the cheapest way is not the given one, words of the given way get cheaper and those of the
/// found one dearer. What is kept is the mean over all steps, which is what makes it hold on other
/// text (Collins, *Discriminative training methods for hidden Markov models*, 2002). The result is a cost
/// a word and no more: it is laid over a lexicon like any other.
package struct CostTrainer: ~Copyable {
  /// A word whose cost was learned.
  package struct Learned: Sendable {
    /// What is written.
    package let word: String
    /// Its cost on ICU's scale.
    package let cost: Int
  }

  /// A chunk of a line as units, with the borders of its words.
  private struct Chunk {
    var codes: [UInt16]
    /// For each unit where it begins in the line, and the end.
    var offsets: [UInt32]
    /// The units behind which a word ends.
    var ends: [Int]
    var line: Int
  }

  /// A word in a chunk: its units, and the number of its cost.
  private struct Edge: Equatable {
    let start: Int
    let end: Int
    let feature: Int
  }

  /// What a step adds to a cost or takes from one.
  private static let step: Float = 6
  /// The largest cost that a lexicon may give.
  private static let largestCost = 10_000

  private let tables: WordTables
  private var cutter: WordCutter
  private var lines: [[UInt8]] = []
  private var chunks: [Chunk] = []
  /// The costs of all words by number, and behind them those of single units by code.
  private var costs: [Float]
  private var sums: [Float]
  private var changed: [Int]
  private var texts: [Int: String] = [:]
  private var now = 0

  /// A trainer that starts from the costs of a segmenter. Only words that it has can be learned: give
  /// those of the text as entries.
  package init(_ segmenter: Segmenter) {
    let tables = segmenter.tables
    var costs = tables.pathCosts().map { Float($0) }
    for code in 0..<tables.singleKeys.count { costs.append(Float(tables.singleKeys[code] >> 6)) }
    self.tables = tables
    self.costs = costs
    cutter = WordCutter(tables)
    sums = [Float](repeating: 0, count: costs.count)
    changed = [Int](repeating: 0, count: costs.count)
  }

  /// Adds a line, given as its words.
  package mutating func add(_ words: [String]) {
    let text = words.flatMap(\.utf8)
    var borders: Set<Int> = []
    var at = 0
    for word in words {
      at += word.utf8.count
      borders.insert(at)
    }
    var found: [Chunk] = []
    let line = lines.count
    withUTF8Source(text.span) { source in
      var start = 0
      while start < source.end {
        start = cutter.cutChunk(source, from: start)
        let chunk = cutter.units()
        let ends = (1..<chunk.offsets.count).filter { borders.contains(Int(chunk.offsets[$0])) }
        let last = chunk.codes.count
        found.append(
          Chunk(
            codes: chunk.codes, offsets: chunk.offsets,
            ends: ends.last == last ? ends : ends + [last], line: line))
      }
    }
    lines.append(text)
    chunks += found
    for chunk in found {
      for case let edge? in edges(chunk) where edge.end > edge.start + 1 { note(edge, of: chunk) }
    }
  }

  /// Goes over all lines once, in a shuffled order, and gives how many chunks were not cut as given.
  /// - Complexity: O(count of the text × length of the longest word).
  package mutating func train(round: Int) -> Int {
    var state = UInt64(round) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    var order = Array(chunks.indices)
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      order.swapAt(index, Int(state >> 33) % (index + 1))
    }
    var wrong = 0
    for number in order {
      now += 1
      let chunk = chunks[number]
      let found = cheapest(chunk)
      if found.map(\.end) == chunk.ends { continue }
      wrong += 1
      correct(chunk, found)
    }
    return wrong
  }

  /// Changes the costs where the two ways part, stretch by stretch; a stretch with a given word that the
  /// tables lack teaches nothing, since no cost could find it.
  private mutating func correct(_ chunk: Chunk, _ found: [Edge]) {
    let given = edges(chunk)
    var givenStart = 0
    var foundStart = 0
    var givenEnd = 0
    var foundEnd = 0
    while givenEnd < given.count, foundEnd < found.count {
      let left = chunk.ends[givenEnd]
      let right = found[foundEnd].end
      if left <= right { givenEnd += 1 }
      if right <= left { foundEnd += 1 }
      guard left == right else { continue }
      let wanted = given[givenStart..<givenEnd]
      let had = found[foundStart..<foundEnd]
      if !wanted.elementsEqual(had, by: { $0 == $1 }), wanted.allSatisfy({ $0 != nil }) {
        for case let edge? in wanted { change(edge, of: chunk, by: -Self.step) }
        for edge in had { change(edge, of: chunk, by: Self.step) }
      }
      givenStart = givenEnd
      foundStart = foundEnd
    }
  }

  /// The given words and those whose costs changed, with the mean of their costs, by cost and text.
  package func learned() -> [Learned] {
    texts.map { feature, text in
      let rest = Float(now - changed[feature]) * costs[feature]
      let mean = (sums[feature] + rest) / Float(max(now, 1))
      return Learned(word: text, cost: min(max(Int(mean.rounded()), 1), Self.largestCost))
    }.sorted { $0.cost != $1.cost ? $0.cost < $1.cost : $0.word < $1.word }
  }

  private mutating func change(_ edge: Edge, of chunk: Chunk, by amount: Float) {
    note(edge, of: chunk)
    let feature = edge.feature
    sums[feature] += Float(now - changed[feature]) * costs[feature]
    changed[feature] = now
    costs[feature] = max(costs[feature] + amount, 1)
  }

  /// Remembers what is written for a feature.
  private mutating func note(_ edge: Edge, of chunk: Chunk) {
    guard texts[edge.feature] == nil else { return }
    let bytes = lines[chunk.line][
      Int(chunk.offsets[edge.start])..<Int(chunk.offsets[edge.end])]
    texts[edge.feature] = String(decoding: bytes, as: UTF8.self)
  }

  /// Calls `body` with every edge that begins at a unit.
  private func forEachEdge(_ chunk: Chunk, at start: Int, _ body: (Edge) -> Void) {
    let single = Edge(
      start: start, end: start + 1, feature: tables.wordCount + Int(chunk.codes[start]))
    body(single)
    tables.forEachWord(at: start, limit: chunk.codes.count, code: { chunk.codes[$0] }) {
      length, word in
      if length > 1, costs[word] < Float(WordTables.noWord) {
        body(Edge(start: start, end: start + length, feature: word))
      }
    }
  }

  private func cheapest(_ chunk: Chunk) -> [Edge] {
    let count = chunk.codes.count
    var best = [Float](repeating: .infinity, count: count + 1)
    var last = [Edge?](repeating: nil, count: count + 1)
    best[0] = 0
    for start in 0..<count {
      forEachEdge(chunk, at: start) { edge in
        let cost = best[start] + costs[edge.feature]
        if cost < best[edge.end] {
          best[edge.end] = cost
          last[edge.end] = edge
        }
      }
    }
    var way: [Edge] = []
    var at = count
    while let edge = last[at] {
      way.append(edge)
      at = edge.start
    }
    return way.reversed()
  }

  /// The given words; nil for one that the tables lack.
  private func edges(_ chunk: Chunk) -> [Edge?] {
    var start = 0
    return chunk.ends.map { end in
      var found: Edge?
      forEachEdge(chunk, at: start) { if $0.end == end { found = $0 } }
      start = end
      return found
    }
  }
}

extension WordTables {
  /// For each word by number its cost on the path, ``noWord`` for one that is not on it.
  func pathCosts() -> [UInt16] {
    var costs = [UInt16](repeating: Self.noWord, count: wordCount)
    for slot in 0..<pairWords.count where pairWords[slot] != Self.noNumber {
      costs[Int(pairWords[slot])] = pairs[slot].cost
    }
    for cell in 0..<deepWords.count where deepWords[cell] != Self.noNumber {
      costs[Int(deepWords[cell])] = UInt16(truncatingIfNeeded: deep[cell] >> 16)
    }
    return costs
  }
}
