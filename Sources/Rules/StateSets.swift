/// Sets of states of an automaton, each with a number: 0 is the empty set.
///
/// Equal sets have one number.
struct StateSets: Sendable {
  /// All sets, one behind the other, each in ascending order.
  private var members: [Int32] = []
  private var starts: [Int32] = [0, 0]
  private var byHash = KeyedNumbers()

  /// The count of sets.
  var count: Int { starts.count - 1 }
  /// The count of states of all sets together.
  var stateCount: Int { members.count }

  /// Where the states of a set stand.
  func range(_ set: Int32) -> Range<Int> {
    Int(starts[Int(set)])..<Int(starts[Int(set) + 1])
  }

  /// A state by its place.
  subscript(place: Int) -> Int32 { members[place] }

  /// The states of a set.
  func states(_ set: Int32) -> [Int32] { Array(members[range(set)]) }

  /// The number of a set; `states` are in ascending order.
  /// - Complexity: O(count of the states).
  mutating func number(_ states: [Int32]) -> Int32 {
    if states.isEmpty { return 0 }
    // FNV-1a; a set with the hash of another one takes the next free one.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for state in states { hash = (hash ^ UInt64(UInt32(bitPattern: state))) &* 0x100_0000_01B3 }
    hash &= .max >> 1
    while true {
      let known = byHash.find(hash)
      if known < 0 { break }
      if members[range(known)].elementsEqual(states) { return known }
      hash = (hash + 1) & (.max >> 1)
    }
    let number = Int32(count)
    members += states
    starts.append(Int32(members.count))
    byHash.add(hash, number)
    return number
  }

  /// Forgets all sets but the empty one.
  mutating func removeAll() {
    members.removeAll(keepingCapacity: true)
    starts = [0, 0]
    byHash.removeAll()
  }
}
