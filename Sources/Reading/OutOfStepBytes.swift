internal import Annotations

/// Text of GBK that was read out of step: restores it from its bytes.
///
/// Readings were put into such text byte by byte, behind every pair of bytes that spells one of some characters. A pair
/// that lies across two characters got one as well, in the middle of a character: of `域專` (D3F2 8CA3) the bytes F2 8C
/// spell 驅 in part, so it became D3F2 8C`(qū)`A3, and what follows was read out of step until a byte below 80:
/// `域?qū)…`. A first byte with the parenthesis behind it became `?`.
///
/// A line is written back into its bytes, without the readings, and read again. A byte that became `?` before a reading
/// is the one that makes a character of that reading with the byte before it. Where another byte was lost, the
/// character is taken that makes the likeliest words of its neighbours; where there is none, it becomes U+FFFD, which no
/// rule matches.
struct OutOfStepBytes {
  /// What a line was restored to: characters, each with its place in the source.
  struct Restored {
    var characters: [UInt32] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var repairs: [Repair] = []
  }

  /// A byte of the text, nil where it was lost, or a character that GBK does not have.
  private enum Unit {
    case byte(UInt8)
    case lost
    case character(UInt32)
  }

  private static let question: UInt32 = 0x3F
  private static let open: UInt32 = 0x28
  private static let close: UInt32 = 0x29
  private static let replacement: UInt32 = 0xFFFD
  /// What half-width forms stood for that out-of-step pairs became.
  private static let fullWidth: [UInt32: UInt32] = [
    0x2C: 0xFF0C, 0x3A: 0xFF1A, 0x3B: 0xFF1B, 0x28: 0xFF08, 0x29: 0xFF09, 0x21: 0xFF01,
    0x3C: 0xFF1C, 0x3E: 0xFF1E,
  ]
  /// The longest reading, with its parenthesis.
  private static let longestReading = 8

  private let table: GBKTable
  private let readings: PinyinReadings
  /// What the cheapest way to cut some characters into words costs.
  private let cost: (ArraySlice<UInt32>) -> Int
  /// How many signs of lost bytes are doubted in a line.
  private static let mostDoubts = 5
  /// What a character that stays unknown costs.
  private static let unknownCost = 400
  /// How many characters beside a gap are weighed with it.
  private static let context = 6

  init(
    _ table: GBKTable, readings: PinyinReadings, cost: @escaping (ArraySlice<UInt32>) -> Int
  ) {
    self.table = table
    self.readings = readings
    self.cost = cost
  }

  /// Whether a line has a `?` with the rest of a reading behind it.
  static func isDamaged(_ line: ArraySlice<UInt32>) -> Bool {
    var start = line.startIndex
    while let found = line[start...].firstIndex(of: question) {
      if let end = readingEnd(found + 1, line), end > found + 2 { return true }
      start = found + 1
    }
    return false
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

  /// The bytes of a line with their places, while it is written back.
  private struct Bytes {
    var units: [Unit] = []
    var starts: [Int] = []
    var ends: [Int] = []

    mutating func append(_ unit: Unit, _ start: Int, _ end: Int) {
      units.append(unit)
      starts.append(start)
      ends.append(end)
    }

    /// The byte before the last `back` ones.
    func byte(back: Int = 0) -> UInt8? {
      let place = units.count - 1 - back
      guard place >= 0, case .byte(let byte) = units[place] else { return nil }
      return byte
    }
  }

  /// A damaged line as it was.
  ///
  /// A `?` that was read out of step stands for one lost byte, behind which the text is in step, or for two of a pair
  /// that is none. The cheapest text of all these ways is taken.
  /// - Complexity: O(2^q · count) for q such signs, of which at most ``mostDoubts`` are doubted.
  func restore(_ line: ArraySlice<UInt32>) -> Restored {
    var doubts = 0
    var best = restore(line, pairs: 0, doubts: &doubts)
    var cost = cost(of: best)
    var pairs = 1
    while pairs < 1 << min(doubts, Self.mostDoubts) {
      var own = 0
      let other = restore(line, pairs: pairs, doubts: &own)
      let otherCost = self.cost(of: other)
      if otherCost < cost { (best, cost) = (other, otherCost) }
      doubts = max(doubts, own)
      pairs += 1
    }
    return best
  }

  private func cost(of restored: Restored) -> Int {
    cost(restored.characters[...])
      + Self.unknownCost * restored.characters.count { $0 == Self.replacement }
  }

  /// One way to read a line: bit i of `pairs` says whether the i-th doubtful sign stands for two bytes.
  private func restore(
    _ line: ArraySlice<UInt32>, pairs: Int, doubts: inout Int
  ) -> Restored {
    var bytes = Bytes()
    var isOutOfStep = false
    // Where the source was out of step.
    var spans: [Range<Int>] = []
    var since = 0
    func toggle(_ index: Int) {
      isOutOfStep.toggle()
      if isOutOfStep { since = index } else { spans.append(since..<index) }
    }
    var index = line.startIndex
    while index < line.endIndex {
      let scalar = line[index]
      if scalar == Self.open, let end = Self.readingEnd(index + 1, line),
        let trail = bytes.byte(), let lead = bytes.byte(back: 1),
        spells(lead, trail, line[(index + 1)..<(end - 1)])
      {
        bytes.ends[bytes.ends.count - 1] = end
        index = end
      } else if scalar == Self.question, let end = Self.readingEnd(index + 1, line),
        let before = bytes.byte(), let byte = lostByte(before, line[(index + 1)..<(end - 1)])
      {
        if !isOutOfStep { toggle(index) } else { toggle(end) }
        bytes.append(.byte(byte), index, end)
        index = end
      } else if isOutOfStep {
        var isPair = false
        if scalar == Self.question {
          isPair = doubts < Self.mostDoubts && pairs >> doubts & 1 == 1
          doubts += 1
        }
        readOutOfStep(line[index], index, isPair: isPair, &bytes)
        let units = bytes.units
        // A byte below 80 puts what follows back into step; so does a first byte that lost its second.
        if case .byte(let last)? = units.last, last >= 0x80 {
        } else if case .lost? = units.last, units.count > 1, case .lost = units[units.count - 2] {
        } else {
          toggle(index + 1)
        }
        index += 1
      } else {
        append(scalar, index, &bytes)
        index += 1
      }
    }
    if isOutOfStep { toggle(line.endIndex) }
    var restored = read(bytes)
    for span in spans {
      let places = restored.starts.indices.filter {
        Int(restored.ends[$0]) > span.lowerBound && Int(restored.starts[$0]) < span.upperBound
      }
      guard let first = places.first, let last = places.last else { continue }
      restored.repairs.append(
        Repair(
          range: SourceRange(Int(restored.starts[first]), Int(restored.ends[last])),
          kind: "out-of-step", read: String(scalars: restored.characters[first...last])))
    }
    return restored
  }

  /// The bytes of a character that was read out of step.
  private func readOutOfStep(_ scalar: UInt32, _ index: Int, isPair: Bool, _ bytes: inout Bytes) {
    if scalar == Self.question {
      bytes.append(.lost, index, index + 1)
      if isPair { bytes.append(.lost, index, index + 1) }
    } else {
      append(Self.fullWidth[scalar] ?? scalar, index, &bytes)
    }
  }

  /// The bytes of a character, or itself where GBK does not have it.
  private func append(_ scalar: UInt32, _ index: Int, _ bytes: inout Bytes) {
    if scalar < 0x80 {
      bytes.append(.byte(UInt8(scalar)), index, index + 1)
    } else if let (lead, trail) = table.bytes(of: scalar) {
      bytes.append(.byte(lead), index, index + 1)
      bytes.append(.byte(trail), index, index + 1)
    } else {
      bytes.append(.character(scalar), index, index + 1)
    }
  }

  /// Whether two bytes are a character of a reading.
  private func spells(_ lead: UInt8, _ trail: UInt8, _ reading: ArraySlice<UInt32>) -> Bool {
    guard let character = table.character(lead, trail) else { return false }
    return readings.reading(of: character) == String(scalars: reading)
  }

  /// The second byte with which a first one is a character of a reading.
  private func lostByte(_ lead: UInt8, _ reading: ArraySlice<UInt32>) -> UInt8? {
    guard GBKTable.leads.contains(lead) else { return nil }
    // What begins a character in its turn is the first byte of one.
    return GBKTable.trails.first { trail in
      GBKTable.leads.contains(trail) && spells(lead, trail, reading)
    }
  }

  /// Reads bytes in step.
  private func read(_ bytes: Bytes) -> Restored {
    var restored = Restored()
    var gaps: [Gap] = []
    func append(_ character: UInt32, _ first: Int, _ last: Int) {
      restored.characters.append(character)
      restored.starts.append(UInt32(bytes.starts[first]))
      restored.ends.append(UInt32(bytes.ends[last]))
    }
    func unit(_ index: Int) -> Unit? { index < bytes.units.count ? bytes.units[index] : nil }
    var index = 0
    while index < bytes.units.count {
      switch (bytes.units[index], unit(index + 1)) {
      case (.character(let character), _):
        append(character, index, index)
        index += 1
      case (.byte(let byte), _) where byte < 0x80:
        append(UInt32(byte), index, index)
        index += 1
      case (.byte(let lead), .byte(let trail)?):
        if let character = table.character(lead, trail) {
          append(character, index, index + 1)
          index += 2
        } else {
          append(Self.replacement, index, index)
          index += 1
        }
      case (.byte(let lead), .lost?):
        var gap = Gap(place: restored.characters.count, lead: lead)
        append(Self.replacement, index, index + 1)
        index += 2
        // A pair that is none lies across two characters.
        if case .lost? = unit(index), case .byte(let trail)? = unit(index + 1) {
          gap.trail = trail
          append(Self.replacement, index, index + 1)
          index += 2
        }
        gaps.append(gap)
      case (.lost, .byte?), (.lost, .lost?):
        append(Self.replacement, index, index + 1)
        index += 2
      case (.byte, _), (.lost, _):
        append(Self.replacement, index, index)
        index += 1
      }
    }
    for gap in gaps { fill(gap, &restored.characters) }
    return restored
  }

  /// A character whose second byte was lost, and perhaps the one behind it, whose first byte was lost with it.
  private struct Gap {
    let place: Int
    let lead: UInt8
    var trail: UInt8?
  }

  /// Fills a gap with what makes the likeliest words of its neighbours, or with the full stop at the end of a line.
  private func fill(_ gap: Gap, _ line: inout [UInt32]) {
    let stop: UInt32 = 0x3002
    if gap.trail == nil, gap.place == line.count - 1, table.bytes(of: stop)?.0 == gap.lead {
      line[gap.place] = stop
      return
    }
    let last = gap.place + (gap.trail == nil ? 0 : 1)
    let window = max(0, gap.place - Self.context)..<min(line.count, last + 1 + Self.context)
    var best = (cost: Int.max, first: Self.replacement, second: Self.replacement)
    // The lost byte was read as the first of a pair, so it is none below 80.
    for lost in GBKTable.leads {
      guard let first = table.character(gap.lead, lost) else { continue }
      line[gap.place] = first
      guard let trail = gap.trail else {
        let cost = cost(line[window])
        if cost < best.cost { best = (cost, first, Self.replacement) }
        continue
      }
      for lead in GBKTable.leads where table.character(lost, lead) == nil {
        guard let second = table.character(lead, trail) else { continue }
        line[last] = second
        let cost = cost(line[window])
        if cost < best.cost { best = (cost, first, second) }
      }
    }
    line[gap.place] = best.first
    if gap.trail != nil { line[last] = best.second }
  }
}
