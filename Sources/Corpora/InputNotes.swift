/// What was left out of the inputs without being a failure, counted: hidden files, requests in web archives.
package final class InputNotes {
  private var counts: [String: Int] = [:]

  /// Nothing was left out yet.
  package init() {}

  /// Counts something, named in the singular: `hidden file`.
  func count(_ what: String, _ number: Int = 1) {
    if number > 0 { counts[what, default: 0] += number }
  }

  /// What was left out, such as `3 × hidden file`, in the order of the names.
  package var summary: [String] {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
  }
}
