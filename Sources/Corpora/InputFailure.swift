/// Something that could not be read, with what to do about it. The rest of the batch goes on.
package struct InputFailure: Error, CustomStringConvertible {
  /// The file, with the line where there is one.
  package let place: String
  /// What is wrong and what to do.
  package let message: String
  /// How many failures this one stands for: 1, or the number of those that are not listed one by one.
  package let count: Int
  /// `place: message`.
  package var description: String { "\(place): \(message)" }

  /// A failure at a place.
  package init(place: String, message: String, count: Int = 1) {
    self.place = place
    self.message = message
    self.count = count
  }
}
