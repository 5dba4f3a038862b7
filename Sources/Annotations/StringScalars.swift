extension String {
  /// The number of scalar values; counted by bytes, since the view of scalars checks each step.
  /// - Complexity: O(count of the bytes).
  package var scalarCount: Int {
    let bytes = utf8.span
    var count = 0
    // Each character has one byte that does not go on with the one before.
    for place in bytes.indices where bytes[place] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The scalar values, from the bytes, which are well-formed.
  /// - Complexity: O(count of the bytes).
  package var scalarValues: [UInt32] {
    let bytes = utf8.span
    return [UInt32](capacity: scalarCount) { scalars in
      var at = 0
      while at < bytes.count {
        let lead = UInt32(bytes[at])
        var scalar = lead
        var length = 1
        if lead >= 0x80 {
          length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
          scalar &= 0x7F >> UInt32(length)
          for next in 1..<length { scalar = scalar << 6 | UInt32(bytes[at + next] & 0x3F) }
        }
        scalars.append(scalar)
        at += length
      }
    }
  }
}
