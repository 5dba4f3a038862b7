/// Values side by side that a hot loop reads and writes without a look at bounds and owners; room stays when they are
/// forgotten.
///
/// Unsafe: raw memory. What makes it sound: it has one owner, and whoever asks for a place has it from this buffer's
/// count or from tables whose numbers were made together with it (``ClauseSearch``). Builds for debugging check
/// every place.
@safe struct UncheckedBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var count = 0
  private var capacity: Int
  private var cells: UnsafeMutablePointer<Element>

  /// An empty buffer.
  init(capacity: Int = 64) {
    self.capacity = capacity
    unsafe cells = .allocate(capacity: capacity)
  }

  deinit { unsafe cells.deallocate() }

  @inline(__always)
  subscript(place: Int) -> Element {
    get {
      assert(place >= 0 && place < count, "a buffer is read outside its limits")
      return unsafe cells[place]
    }
    set {
      assert(place >= 0 && place < count, "a buffer is written outside its limits")
      unsafe cells[place] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    unsafe cells[count] = element
    count &+= 1
  }

  /// Appends the elements of an array from one on.
  mutating func append(_ elements: [Element], from first: Int = 0) {
    for place in first..<max(elements.count, first) { append(elements[place]) }
  }

  /// Makes so many elements valid, whatever they hold.
  @inline(__always)
  mutating func resize(to count: Int) {
    if count > capacity { grow(to: count) }
    self.count = count
  }

  /// Gives some elements a value.
  @inline(__always)
  mutating func fill(_ range: Range<Int>, with element: Element) {
    assert(
      range.lowerBound >= 0 && range.upperBound <= count, "a buffer is filled outside its limits")
    unsafe (cells + range.lowerBound).update(repeating: element, count: range.count)
  }

  /// Copies elements of another buffer to a place.
  @inline(__always)
  mutating func copy(_ source: borrowing Self, _ range: Range<Int>, to place: Int) {
    assert(place >= 0 && place + range.count <= count, "a buffer is written outside its limits")
    assert(range.upperBound <= source.count, "a buffer is read outside its limits")
    unsafe (cells + place).update(from: source.cells + range.lowerBound, count: range.count)
  }

  /// The elements, for a loop.
  var view: UncheckedView<Element> {
    @inline(__always) get { unsafe UncheckedView(cells, count: count) }
  }

  /// Forgets all elements.
  mutating func removeAll() { count = 0 }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(capacity * 2, needed)
    let room = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe room.initialize(from: cells, count: count)
    unsafe cells.deallocate()
    unsafe cells = room
    capacity = larger
  }
}

/// The elements of an ``UncheckedBuffer`` where they lie, so that a loop need not ask the buffer where that is after each
/// write.
///
/// Unsafe: raw memory. What makes it sound: it is asked for no longer than the buffer has this room, that is until
/// something is appended or the buffer made longer. Builds for debugging check every place.
@safe struct UncheckedView<Element: BitwiseCopyable> {
  private let cells: UnsafeMutablePointer<Element>
  private let count: Int

  @inline(__always)
  fileprivate init(_ cells: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.cells = cells
    self.count = count
  }

  @inline(__always)
  subscript(place: Int) -> Element {
    get {
      assert(place >= 0 && place < count, "a buffer is read outside its limits")
      return unsafe cells[place]
    }
    nonmutating set {
      assert(place >= 0 && place < count, "a buffer is written outside its limits")
      unsafe cells[place] = newValue
    }
  }
}
