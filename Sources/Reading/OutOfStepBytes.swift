internal import Annotations
internal import Characters

/// Text of GBK that was read out of step: restores it from its bytes.
///
/// Readings were put into such text byte by byte, behind every pair of bytes that spells one of some characters. A pair
/// that lies across two characters got one as well, in the middle of a character: of `域專` (D3F2 8CA3) the bytes F2 8C
/// spell 驅 in part, so it became D3F2 8C`(qū)`A3, and what follows was read out of step until a byte below 80:
/// `域?qū)…`. A first byte with the parenthesis behind it became `?`, and so did a byte with a byte below 40 behind it,
/// and a pair that is no character. At the end some full-width signs became ASCII.
///
/// Each step of the search reads the next character of the line in every way in which it may have come about: in step,
/// or as the second byte of one character and the first byte of the next. Lost bytes may have been any. The cheapest
/// text of all ways stands, as words have it (``TextCosts``); where even that is dear, U+FFFD does.
struct OutOfStepBytes {
  private static let question: UInt32 = 0x3F
  private static let open: UInt32 = 0x28
  private static let close: UInt32 = 0x29
  /// The second bytes of A3 with which signs were full-width that became ASCII: ， ： ； （ ） ！ ？ ＜ ＞.
  private static let fullWidth: [UInt32: UInt8] = [
    0x2C: 0xAC, 0x3A: 0xBA, 0x3B: 0xBB, 0x28: 0xA8, 0x29: 0xA9, 0x21: 0xA1, 0x3F: 0xBF,
    0x3C: 0xBC, 0x3E: 0xBE,
  ]
  private static let fullWidthLead: UInt8 = 0xA3
  /// The characters of news with four bytes, by the second and the fourth: • ™ ‑ ® © ² ³ ½.
  private static let fourBytes: [UInt32: UInt32] = [
    0x3631: 0x2022, 0x3634: 0x2122, 0x3632: 0x2011, 0x3033: 0xAE, 0x3038: 0xA9, 0x3035: 0xB2,
    0x3036: 0xB3, 0x3039: 0xBD, 0x3637: 0x2219, 0x3638: 0x200C,
  ]
  /// The longest reading, with its parenthesis.
  private static let longestReading = 8
  /// How many ways are followed at a place.
  private static let beam = 300
  /// What it costs that a sign of damage is none, that a lost byte has no reason, and that a first byte has no second.
  private static let ignored = 300
  private static let unreasoned = 60
  private static let broken = 300
  /// Closing brackets with their opening ones, and what one costs more that has none.
  private static let pairs: [UInt32: UInt32] = [0x29: 0x28, 0x300B: 0x300A, 0x300D: 0x300C]
  private static let unpaired = 60
  /// What it costs that a letter of ASCII stands in Chinese text.
  private static let letter = 100
  /// What a line's last character is worth where it is a full stop.
  private static let stopAtEnd = 30

  private let table: GBKTable
  private let readings: PinyinReadings
  private let costs: TextCosts
  private let text: TracedText
  private let line: Range<Int>
  private var nodes: [Node] = []

  /// A character of one way, behind the one before it.
  private struct Node {
    var character: UInt32
    var folded: UInt32
    var parent: Int
    /// What the cheapest words up to here cost.
    var cost: Int
    var penalty: Int
    /// Where it comes from.
    var place: Range<Int>
    var isRestored = false
    var hasReading = false
  }

  /// The first byte of a character whose second one has not been read.
  private enum Pending: Hashable {
    case none
    case byte(UInt8)
    /// Lost with the byte before it: both are no character together.
    case lostAfter(UInt8)
    /// Lost with the character before it.
    case lost
  }

  /// One way to read the line up to a place.
  private struct Way {
    var node: Int
    var pending = Pending.none
    var place = 0..<0
  }

  private init(
    _ table: GBKTable, _ readings: PinyinReadings, _ costs: TextCosts, _ text: TracedText,
    _ line: Range<Int>
  ) {
    self.table = table
    self.readings = readings
    self.costs = costs
    self.text = text
    self.line = line
    nodes = [
      Node(character: 0x0A, folded: 0x0A, parent: -1, cost: 0, penalty: 0, place: 0..<0)
    ]
  }

  /// Whether a text has a `?` with the rest of a reading behind it, or what is left of four bytes.
  static func isDamaged(_ line: ArraySlice<UInt32>) -> Bool {
    var start = line.startIndex
    while let found = line[start...].firstIndex(of: question) {
      if let end = readingEnd(found + 1, line), end > found + 2 { return true }
      if fourBytes(found, line) != nil { return true }
      start = found + 1
    }
    return false
  }

  /// The text with its damaged lines restored; nil where none is damaged.
  static func restored(
    _ text: TracedText, readings: PinyinReadings, costs: @autoclosure () -> TextCosts
  ) -> TracedText? {
    guard isDamaged(text.characters[...]), let table = GBKTable.shared else { return nil }
    var result = TracedText(after: text)
    let costs = costs()
    var done = 0
    for line in text.characters.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    where isDamaged(line) {
      result.append(done..<line.startIndex, of: text)
      var search = OutOfStepBytes(table, readings, costs, text, line.startIndex..<line.endIndex)
      search.restore(into: &result)
      done = line.endIndex
    }
    result.append(done..<text.characters.count, of: text)
    return result
  }

  /// Where the letters of a reading and the parenthesis behind them end.
  private static func readingEnd(_ start: Int, _ line: ArraySlice<UInt32>) -> Int? {
    var end = start
    while end < line.endIndex, end - start < longestReading, PinyinReadings.isLetter(line[end]) {
      end += 1
    }
    guard end > start, end < line.endIndex, line[end] == close else { return nil }
    return end + 1
  }

  /// The character of which `?6?1` is left; one that is not of news stays unknown.
  private static func fourBytes(_ index: Int, _ line: ArraySlice<UInt32>) -> UInt32? {
    guard index + 3 < line.endIndex, line[index] == question, line[index + 2] == question else {
      return nil
    }
    let digits: ClosedRange<UInt32> = 0x30...0x39
    guard digits.contains(line[index + 1]), digits.contains(line[index + 3]) else { return nil }
    return fourBytes[line[index + 1] << 8 | line[index + 3]] ?? replacementCharacter
  }

  /// Reads the line and appends it.
  /// - Complexity: O(count · ways), with at most ``beam`` ways at a place.
  private mutating func restore(into result: inout TracedText) {
    var ways = [[Way]](repeating: [], count: line.count + 1)
    ways[0] = [Way(node: 0)]
    for index in line {
      let here = pruned(ways[index - line.lowerBound])
      ways[index - line.lowerBound] = []
      for way in here {
        step(way, index) { [start = line.lowerBound] way, next in
          ways[next - start].append(way)
        }
      }
    }
    let ends = ways[line.count].map { $0.pending == .none ? $0 : broken($0) }
    guard let best = ends.min(by: { total($0) < total($1) }) else {
      result.append(line, of: text)
      return
    }
    write(best, into: &result)
  }

  private func total(_ way: Way) -> Int { nodes[way.node].cost + nodes[way.node].penalty }

  /// What a way will go on with: the byte that waits, and the characters that a word may begin with.
  private struct Future: Hashable {
    let pending: Pending
    let characters: [UInt32]
  }

  /// The cheapest ways: of those with the same future one each.
  private func pruned(_ ways: [Way]) -> [Way] {
    guard ways.count > 1 else { return ways }
    var seen: Set<Future> = []
    var kept: [Way] = []
    for way in ways.sorted(by: { total($0) < total($1) }) {
      var last: [UInt32] = []
      var node = way.node
      while last.count < TextCosts.longestWord - 1, node > 0 {
        last.append(nodes[node].character)
        node = nodes[node].parent
      }
      if seen.insert(Future(pending: way.pending, characters: last)).inserted { kept.append(way) }
      if kept.count == Self.beam { break }
    }
    return kept
  }

  // MARK: Steps

  private typealias Emit = (_ way: Way, _ next: Int) -> Void

  private mutating func step(_ way: Way, _ index: Int, _ emit: Emit) {
    if way.pending == .none {
      readInStep(way, index, emit)
    } else {
      readOutOfStep(way, index, emit)
      readInStep(broken(way), index, emit)
    }
  }

  private mutating func readInStep(_ way: Way, _ index: Int, _ emit: Emit) {
    let source = text.characters[line]
    let scalar = source[index]
    let last = nodes[way.node]
    let isNext = last.place.upperBound == index && way.node > 0
    var literal = 0
    if scalar == Self.open, isNext, let end = Self.readingEnd(index + 1, source),
      readings.reading(of: last.character) == String(scalars: source[(index + 1)..<(end - 1)])
    {
      var node = last
      node.place = last.place.lowerBound..<end
      node.hasReading = true
      nodes.append(node)
      emit(Way(node: nodes.count - 1), end)
      return
    }
    if scalar == Self.question {
      if let end = Self.readingEnd(index + 1, source) {
        literal = Self.ignored
        if isNext, let lead = table.bytes(of: last.character)?.1 {
          // What begins a character in its turn is the first byte of one.
          for byte in lostBytes(lead, source[(index + 1)..<(end - 1)])
          where GBKTable.leads.contains(byte) {
            emit(Way(node: way.node, pending: .byte(byte), place: index..<end), end)
          }
        }
      }
      if let character = Self.fourBytes(index, source) {
        literal = Self.ignored
        emit(append(character, index..<(index + 4), to: way, isRestored: true), index + 4)
      }
    }
    emit(append(scalar, index..<(index + 1), to: way, penalty: literal), index + 1)
  }

  /// What follows a first byte.
  private mutating func readOutOfStep(_ way: Way, _ index: Int, _ emit: Emit) {
    let source = text.characters[line]
    let scalar = source[index]
    let here = index..<(index + 1)
    if scalar == Self.question { readLost(way, index, emit) }
    if let second = Self.fullWidth[scalar] {
      complete(way, Self.fullWidthLead, here) { _, done in
        emit(Self.pending(done, second, here), index + 1)
      }
    } else if (0x40...0x7E).contains(scalar) {
      complete(way, UInt8(scalar), here) { _, done in emit(done, index + 1) }
    } else if case .byte = way.pending, index + 2 < source.endIndex,
      source[index + 1] == Self.question,
      let character = Self.fourBytes[scalar << 8 | source[index + 2]]
    {
      let place = way.place.lowerBound..<(index + 3)
      emit(append(character, place, to: way, isRestored: true), index + 3)
    } else if let (first, second) = table.bytes(of: scalar) {
      var next = index + 1
      if next < source.endIndex, source[next] == Self.open,
        let end = Self.readingEnd(next + 1, source),
        readings.reading(of: scalar) == String(scalars: source[(next + 1)..<(end - 1)])
      {
        next = end
      }
      let place = index..<next
      complete(way, first, here) { search, done in
        if second >= 0x80 {
          emit(Self.pending(done, second, place), next)
        } else {
          emit(
            search.append(
              UInt32(second), place, to: done, penalty: Self.letter, isRestored: true), next)
        }
      }
    }
  }

  /// What a sign of lost bytes may stand for behind a first byte.
  private mutating func readLost(_ way: Way, _ index: Int, _ emit: Emit) {
    let source = text.characters[line]
    let leads = leads(of: way.pending)
    if let end = Self.readingEnd(index + 1, source) {
      // One byte with the parenthesis of a reading.
      for lead in leads {
        for byte in lostBytes(lead, source[(index + 1)..<(end - 1)]) {
          guard let character = table.character(lead, byte) else { continue }
          emit(
            append(character, way.place.lowerBound..<end, to: way, isRestored: true), end)
        }
      }
    }
    // One byte, behind which the text is in step, or two of a pair that is none, whose second begins a character.
    let place = way.place.lowerBound..<(index + 1)
    let isLast = index + 1 == source.endIndex
    let hasReason = isLast || (0x20..<0x40).contains(source[index + 1])
    let unknown = append(replacementCharacter, place, to: way, isRestored: true)
    emit(unknown, index + 1)
    emit(Way(node: unknown.node, pending: .lost, place: index..<(index + 1)), index + 1)
    for lead in leads {
      for trail in GBKTable.trails {
        guard let character = table.character(lead, trail), costs.isUsual(character) else {
          continue
        }
        let isPair = trail >= 0x80 && !self.leads(of: .lostAfter(trail)).isEmpty
        guard isPair || hasReason || leads.count == 1 else { continue }
        var penalty = hasReason ? 0 : Self.unreasoned
        if isLast, character == 0x3002 { penalty -= Self.stopAtEnd }
        let single = append(character, place, to: way, penalty: penalty, isRestored: true)
        emit(single, index + 1)
        guard isPair else { continue }
        var pair = nodes[single.node]
        pair.penalty -= penalty
        nodes.append(pair)
        emit(
          Way(
            node: nodes.count - 1, pending: .lostAfter(trail), place: index..<(index + 1)),
          index + 1)
      }
    }
  }

  // MARK: Parts of steps

  private static func pending(_ way: Way, _ byte: UInt8, _ place: Range<Int>) -> Way {
    Way(node: way.node, pending: .byte(byte), place: place)
  }

  /// The byte that waits and a second one make a character.
  private mutating func complete(
    _ way: Way, _ trail: UInt8, _ place: Range<Int>, _ body: (inout Self, Way) -> Void
  ) {
    let place = way.place.lowerBound..<place.upperBound
    if way.pending == .lost {
      body(&self, append(replacementCharacter, place, to: way, isRestored: true))
      return
    }
    let leads = leads(of: way.pending)
    for lead in leads {
      guard let character = table.character(lead, trail),
        leads.count == 1 || costs.isUsual(character)
      else { continue }
      body(&self, append(character, place, to: way, isRestored: true))
    }
  }

  /// The first bytes that may wait.
  private func leads(of pending: Pending) -> [UInt8] {
    switch pending {
    case .none, .lost: []
    case .byte(let lead): [lead]
    case .lostAfter(let first): table.leads(ofNoneWith: first)
    }
  }

  /// The first byte that waits has no second.
  private mutating func broken(_ way: Way) -> Way {
    append(replacementCharacter, way.place, to: way, penalty: Self.broken, isRestored: true)
  }

  /// The second bytes with which a first one is a character of a reading: one that simplified script writes otherwise,
  /// if there is any, since these were the ones that got readings.
  private func lostBytes(_ lead: UInt8, _ reading: ArraySlice<UInt32>) -> [UInt8] {
    guard GBKTable.leads.contains(lead) else { return [] }
    let written = String(scalars: reading)
    let all = GBKTable.trails.filter { trail in
      table.character(lead, trail).map { readings.reading(of: $0) == written } ?? false
    }
    let traditional = all.filter { trail in
      table.character(lead, trail).map { costs.folding.isTraditional($0) } ?? false
    }
    return traditional.isEmpty ? all : traditional
  }

  /// A way with one more character, and no byte that waits.
  private mutating func append(
    _ character: UInt32, _ place: Range<Int>, to way: Way, penalty: Int = 0,
    isRestored: Bool = false
  ) -> Way {
    let last = nodes[way.node]
    let folded = costs.folded(character)
    var cost = last.cost + costs.cost(ofFolded: folded)
    if TextCosts.isHan(folded) {
      var word = [folded]
      var node = way.node
      while word.count < TextCosts.longestWord, node > 0, TextCosts.isHan(nodes[node].folded) {
        word.insert(nodes[node].folded, at: 0)
        node = nodes[node].parent
        if let own = costs.cost(ofWord: word, from: 0) { cost = min(cost, nodes[node].cost + own) }
      }
    }
    if let opening = Self.pairs[folded], !isOpen(opening, closing: folded, way.node) {
      cost += Self.unpaired
    }
    nodes.append(
      Node(
        character: character, folded: folded, parent: way.node, cost: cost,
        penalty: last.penalty + penalty + costs.penalty(of: character), place: place,
        isRestored: isRestored))
    return Way(node: nodes.count - 1)
  }

  /// Whether a bracket has an opening one before it.
  private func isOpen(_ opening: UInt32, closing: UInt32, _ node: Int) -> Bool {
    var node = node
    var count = 0
    while node > 0, count < 60 {
      if nodes[node].folded == opening { return true }
      if nodes[node].folded == closing { return false }
      node = nodes[node].parent
      count += 1
    }
    return false
  }

  /// Appends the characters of a way, with what was restored.
  private func write(_ way: Way, into result: inout TracedText) {
    var path: [Node] = []
    var index = way.node
    while index > 0 {
      path.append(nodes[index])
      index = nodes[index].parent
    }
    path.reverse()
    for node in path {
      result.append(node.character, for: node.place, of: text)
      if node.hasReading {
        result.list(node.place, of: text, kind: .reading, read: [node.folded])
      }
    }
    for run in path.split(whereSeparator: { !$0.isRestored }) {
      guard let first = run.first, let last = run.last else { continue }
      result.list(
        first.place.lowerBound..<last.place.upperBound, of: text, kind: .outOfStep,
        read: run.map(\.character))
    }
  }
}
