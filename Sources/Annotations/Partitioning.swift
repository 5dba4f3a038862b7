extension RandomAccessCollection {
  /// The index of the first element for which a condition holds, the end when it holds for none; it has to hold for
  /// every element behind one for which it does.
  /// - Complexity: O(log count).
  @inlinable
  package func partitioningIndex(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var left = count
    while left > 0 {
      let half = left / 2
      let middle = index(low, offsetBy: half)
      if holds(self[middle]) {
        left = half
      } else {
        low = index(after: middle)
        left -= half + 1
      }
    }
    return low
  }
}
