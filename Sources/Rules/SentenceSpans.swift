package import Annotations

/// The spans of a sentence over which edges stand, for all stages of rules together.
///
/// What stands over a span has a number, its *sign*: spans over which edges of the same classes and lexicon rows
/// stand, added in the same order, have the same one, in all sentences. So what a stage makes of the edges of a word
/// is found once, and afterwards a span is one look-up, however many edges stand over it.
///
/// Edges are taken over in *runs*, neighbours in the graph's order with the same range: all senses of a word are one,
/// and are known by the number of the word.
/// - Complexity: O(new edges) for ``follow(_:text:)``.
package struct SentenceSpans: Sendable {
  /// A span; positions count from the start of the sentence.
  package struct Span: Sendable {
    package let start: Int32
    package let end: Int32
    package fileprivate(set) var sign: Int32
    /// The next span that begins at the same position, or -1.
    package let next: Int32
    /// A bit for each reader to whom the sign means nothing.
    fileprivate(set) var silent: UInt64
  }

  /// For each position of the sentence, the first of its spans, or -1.
  package private(set) var heads: [Int32] = []
  package private(set) var spans: [Span] = []
  /// For each character of the sentence, what it is to a run: see ``kind(of:)``.
  private(set) var kinds: [UInt8] = []
  /// The wakes that a class of the sentence calls, as bits; see ``addWake(on:)``.
  private(set) var woken: UInt64 = 0
  /// For each class, and for each run, the wakes that it calls.
  private var wakesOfClass: [UInt64] = []
  private var wakesOfRun: [UInt64] = []
  private var wakeCount = 0
  /// Grows when all signs are forgotten.
  package private(set) var epoch = 1
  /// The number of signs; 0 is that of no edges.
  package var signCount: Int { silentOfSign.count }

  /// For each sign, the readers to whom it means nothing.
  private var silentOfSign: [UInt64] = [0]
  /// The same as far as it follows from the classes alone, and for each class: a sign is new to those readers only who
  /// ask for one of its classes.
  private var ignoredOfSign: [UInt64] = [0]
  private var ignoredOfClass: [UInt64] = []
  private var readerCount = 0

  /// The number of edges that were taken over; -1 before the first of the sentence.
  private var taken = -1
  /// The classes and rows of all runs, one behind the other.
  private var members: [UInt64] = []
  private var memberStarts: [Int32] = [0]
  private var runs = KeyedNumbers()
  /// The runs of one edge, by it.
  private var singleRuns = KeyedNumbers()
  /// For each run, the sign of a span with nothing else; -1 when not yet known.
  private var signOfRun: [Int32] = []
  /// For each word, its run and the sign of a span with nothing else; -1 when not yet known.
  private var ofWord: [(run: Int32, sign: Int32)] = []
  /// The number of words that were taken over.
  private var takenWords = 0
  /// Sign and run → sign.
  private var extended = PackedNumbers()
  /// The run that was the first to come to another one, which does so most often: that of a word of the plain path.
  private var commonRun = -1
  /// For each sign, the one with this run as well; -1 when not yet known.
  private var withCommon: [Int32] = []
  private let limit: Int

  /// No spans; when more than `limit` signs are known at the end of a sentence they are forgotten.
  package init(limit: Int = 1 << 18) { self.limit = limit }

  /// A bit for one who reads the signs, and says of which ones that they mean nothing to him; 0 when there are no
  /// more. `ignored` says for each class whether an edge of it never means anything to him.
  mutating func addReader(ignoring ignored: [Bool]) -> UInt64 {
    readerCount += 1
    if readerCount > UInt64.bitWidth { return 0 }
    let reader: UInt64 = 1 << UInt64(readerCount - 1)
    if ignoredOfClass.count < ignored.count {
      ignoredOfClass += repeatElement(0, count: ignored.count - ignoredOfClass.count)
    }
    for category in ignored.indices where ignored[category] { ignoredOfClass[category] |= reader }
    return reader
  }

  /// A bit of ``woken`` that tells whether an edge of one of these classes stands in the sentence; nil when there are no
  /// more. To be asked for before the first sentence.
  mutating func addWake(on classes: [Int]) -> UInt64? {
    wakeCount += 1
    if wakeCount > UInt64.bitWidth { return nil }
    let wake: UInt64 = 1 << UInt64(wakeCount - 1)
    let missing = (classes.max() ?? -1) + 1 - wakesOfClass.count
    if missing > 0 { wakesOfClass += repeatElement(0, count: missing) }
    for category in classes { wakesOfClass[category] |= wake }
    return wake
  }

  /// Notes that the sign of a span means nothing to a reader, whatever else is in the sentence.
  mutating func silence(_ span: Int, for reader: UInt64) {
    silentOfSign[Int(spans[span].sign)] |= reader
    spans[span].silent |= reader
  }

  /// Forgets the sentence: the graph has another one, or an edge of it has become another.
  package mutating func reset() {
    taken = -1
    guard signCount > limit || members.count > limit * 4 else { return }
    epoch += 1
    silentOfSign = [0]
    ignoredOfSign = [0]
    members.removeAll(keepingCapacity: true)
    memberStarts = [0]
    runs.removeAll()
    singleRuns.removeAll()
    commonRun = -1
    withCommon.removeAll(keepingCapacity: true)
    signOfRun.removeAll(keepingCapacity: true)
    wakesOfRun.removeAll(keepingCapacity: true)
    ofWord.removeAll(keepingCapacity: true)
    extended.removeAll()
  }

  /// Takes over the edges that were added since.
  package mutating func follow(_ graph: borrowing AnnotationGraph, text: [UInt32]) {
    if taken < 0 { begin(graph.range, text) }
    let edges = graph.edges
    let words = graph.words
    let start = graph.range.lower
    var first = taken
    while first < edges.count {
      let range = edges[first].range
      let (from, to) = (range.lower - start, range.upper - start)
      var next = first
      if takenWords < words.count, words[takenWords].first == first {
        next = Int(words[takenWords].end)
        add(word: Int(words[takenWords].number), edges, first..<next, from: from, to: to)
        takenWords += 1
      } else {
        let end = takenWords < words.count ? Int(words[takenWords].first) : edges.count
        while next < end, edges[next].range == range { next += 1 }
        add(run(edges, first..<next), from: from, to: to)
      }
      first = next
    }
    taken = edges.count
  }

  /// Han, digit, Latin letter, other.
  static func kind(of character: UInt32) -> UInt8 {
    RunKind.han.contains(character)
      ? 0 : RunKind.digit.contains(character) ? 1 : RunKind.latin.contains(character) ? 2 : 3
  }

  private mutating func begin(_ range: TextRange, _ text: [UInt32]) {
    taken = 0
    takenWords = 0
    woken = 0
    heads.removeAll(keepingCapacity: true)
    heads.append(contentsOf: repeatElement(-1, count: range.count + 1))
    spans.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    for position in range.start..<range.end { kinds.append(Self.kind(of: text[position])) }
  }

  /// Where the class begins in what counts of an edge.
  private static let classShift: UInt64 = 40

  /// What counts of an edge: its class, what is behind it, and of a word the row.
  @inline(__always)
  private static func member(_ edge: Edge) -> UInt64 {
    let behind: UInt64 =
      switch edge.payload {
      case .none: 0
      case .quantity: 1
      case .time: 2
      case .match: 3
      case .sense(let sense): 4 + UInt64(UInt32(bitPattern: sense))
      }
    return UInt64(edge.category.index) << classShift | behind
  }

  /// The number of a run of edges.
  private mutating func run(_ edges: [Edge], _ range: Range<Int>) -> Int {
    if range.count == 1 {
      let member = Self.member(edges[range.lowerBound])
      let known = singleRuns.find(member)
      if known >= 0 { return Int(known) }
      let number = newRun(edges, range)
      singleRuns.add(member, number)
      return Int(number)
    }
    // FNV-1a; a run with the hash of another one takes the next free one.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in range { hash = (hash ^ Self.member(edges[place])) &* 0x100_0000_01B3 }
    hash &= .max >> 1
    while true {
      let known = runs.find(hash)
      if known < 0 { break }
      if isRun(known, edges, range) { return Int(known) }
      hash = (hash + 1) & (.max >> 1)
    }
    let number = newRun(edges, range)
    runs.add(hash, number)
    return Int(number)
  }

  private mutating func newRun(_ edges: [Edge], _ range: Range<Int>) -> Int32 {
    var wakes: UInt64 = 0
    for place in range {
      members.append(Self.member(edges[place]))
      let category = edges[place].category.index
      if category < wakesOfClass.count { wakes |= wakesOfClass[category] }
    }
    wakesOfRun.append(wakes)
    memberStarts.append(Int32(members.count))
    signOfRun.append(-1)
    return Int32(signOfRun.count - 1)
  }

  /// Whether a run is that of some edges.
  private func isRun(_ run: Int32, _ edges: [Edge], _ range: Range<Int>) -> Bool {
    var member = Int(memberStarts[Int(run)])
    guard Int(memberStarts[Int(run) + 1]) - member == range.count else { return false }
    for place in range {
      if members[member] != Self.member(edges[place]) { return false }
      member += 1
    }
    return true
  }

  private mutating func add(
    word: Int, _ edges: [Edge], _ range: Range<Int>, from start: Int32, to end: Int32
  ) {
    if word >= ofWord.count {
      ofWord += repeatElement((run: -1, sign: -1), count: word + 1 - ofWord.count)
    }
    if ofWord[word].run < 0 {
      let run = run(edges, range)
      ofWord[word] = (Int32(run), sign(ofRun: run))
    }
    add(Int(ofWord[word].run), ofWord[word].sign, from: start, to: end)
  }

  private mutating func add(_ run: Int, from start: Int32, to end: Int32) {
    add(run, sign(ofRun: run), from: start, to: end)
  }

  /// The sign of a span with a run and nothing else.
  private mutating func sign(ofRun run: Int) -> Int32 {
    if signOfRun[run] < 0 { signOfRun[run] = newSign(ignored(run)) }
    return signOfRun[run]
  }

  /// The readers who ask for no class of a run.
  private func ignored(_ run: Int) -> UInt64 {
    var readers = UInt64.max
    for place in Int(memberStarts[run])..<Int(memberStarts[run + 1]) {
      let category = Int(members[place] >> Self.classShift)
      readers &= category < ignoredOfClass.count ? ignoredOfClass[category] : 0
    }
    return readers
  }

  private mutating func newSign(_ ignored: UInt64) -> Int32 {
    silentOfSign.append(ignored)
    ignoredOfSign.append(ignored)
    return Int32(silentOfSign.count - 1)
  }

  /// Adds a run to the span, whose sign is `own` if nothing else stands there.
  @inline(__always)
  private mutating func add(_ run: Int, _ own: Int32, from start: Int32, to end: Int32) {
    woken |= wakesOfRun[run]
    var place = heads[Int(start)]
    while place >= 0, spans[Int(place)].end != end { place = spans[Int(place)].next }
    if place < 0 {
      let next = heads[Int(start)]
      heads[Int(start)] = Int32(spans.count)
      spans.append(
        Span(start: start, end: end, sign: own, next: next, silent: silentOfSign[Int(own)]))
    } else {
      extend(Int(place), by: run)
    }
  }

  private mutating func extend(_ span: Int, by run: Int) {
    let old = spans[span].sign
    if commonRun < 0 { commonRun = run }
    var sign: Int32
    if run == commonRun {
      if Int(old) >= withCommon.count {
        let more = silentOfSign.count - withCommon.count
        withCommon.append(contentsOf: repeatElement(-1, count: more))
      }
      sign = withCommon[Int(old)]
      if sign < 0 {
        sign = newSign(ignoredOfSign[Int(old)] & ignored(run))
        withCommon[Int(old)] = sign
      }
    } else {
      let key = PackedNumbers.key(old, Int32(run))
      sign = extended.find(key)
      if sign < 0 {
        sign = newSign(ignoredOfSign[Int(old)] & ignored(run))
        extended.add(key, sign)
      }
    }
    spans[span].sign = sign
    spans[span].silent = silentOfSign[Int(sign)]
  }
}
