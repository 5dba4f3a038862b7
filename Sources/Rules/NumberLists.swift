/// Lists of numbers, each with a number of its own: 0 is the empty list. A set is a list in ascending order.
///
/// Equal lists have one number, so a list that was put together is known again without a copy of it being made.
package struct NumberLists: Sendable {
  /// All lists, one behind the other.
  private var members: [Int32] = []
  private var starts: [Int32] = [0, 0]
  private var byHash = KeyedNumbers()

  /// The empty list.
  package init() {}

  /// The count of lists.
  package var count: Int { starts.count - 1 }
  /// The count of members of all lists together.
  var memberCount: Int { members.count }

  /// Where the members of a list stand.
  @inline(__always)
  func range(_ list: Int32) -> Range<Int> {
    Int(starts[Int(list)])..<Int(starts[Int(list) + 1])
  }

  /// A member by its place.
  subscript(place: Int) -> Int32 { members[place] }

  /// The members of a list.
  func members(_ list: Int32) -> [Int32] { Array(members[range(list)]) }

  /// Whether a set has a member.
  /// - Complexity: O(count of the set).
  func has(_ set: Int32, _ member: Int32) -> Bool {
    for place in range(set) where members[place] == member { return true }
    return false
  }

  /// Adds the members of a set to numbers in ascending order, each once.
  /// - Complexity: O(count of the set times count of the numbers).
  func add(_ set: Int32, to numbers: inout [Int32]) {
    for place in range(set) { Self.add(members[place], to: &numbers) }
  }

  /// Appends the union of two sets.
  /// - Complexity: O(count of both).
  func merge(_ left: Int32, _ right: Int32, into all: inout [Int32]) {
    let (ours, theirs) = (range(left), range(right))
    var (our, their) = (ours.lowerBound, theirs.lowerBound)
    while our < ours.upperBound, their < theirs.upperBound {
      let (here, there) = (members[our], members[their])
      all.append(min(here, there))
      if here <= there { our += 1 }
      if there <= here { their += 1 }
    }
    while our < ours.upperBound {
      all.append(members[our])
      our += 1
    }
    while their < theirs.upperBound {
      all.append(members[their])
      their += 1
    }
  }

  /// Adds a number to numbers in ascending order, each once.
  static func add(_ number: Int32, to numbers: inout [Int32]) {
    var place = numbers.count
    while place > 0, numbers[place - 1] > number { place -= 1 }
    if place > 0, numbers[place - 1] == number { return }
    if place == numbers.count { numbers.append(number) } else { numbers.insert(number, at: place) }
  }

  /// The number of a list.
  /// - Complexity: O(count of the numbers).
  package mutating func number(_ numbers: [Int32]) -> Int32 {
    if numbers.isEmpty { return 0 }
    // FNV-1a; a list with the hash of another one takes the next free one.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for number in numbers { hash = (hash ^ UInt64(UInt32(bitPattern: number))) &* 0x100_0000_01B3 }
    hash &= .max >> 1
    while true {
      let known = byHash.find(hash)
      if known < 0 { break }
      if isList(known, numbers) { return known }
      hash = (hash + 1) & (.max >> 1)
    }
    let number = Int32(count)
    members += numbers
    starts.append(Int32(members.count))
    byHash.add(hash, number)
    return number
  }

  private func isList(_ list: Int32, _ numbers: [Int32]) -> Bool {
    let range = range(list)
    guard range.count == numbers.count else { return false }
    for place in range where members[place] != numbers[place - range.lowerBound] { return false }
    return true
  }

  /// Forgets all lists but the empty one.
  mutating func removeAll() {
    members.removeAll(keepingCapacity: true)
    starts = [0, 0]
    byHash.removeAll()
  }
}
