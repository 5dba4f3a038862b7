import Corpora

/// Prints remarks on documents, the first few of each kind, and at the end how many more there were:
/// a corpus with the same fault in every line does not bury everything else.
struct RemarkPrinter {
  /// How many of a kind are printed.
  private static let shown = 5

  private var counts: [String: Int] = [:]

  /// Prints a remark of a kind, or only counts it.
  mutating func print(_ remark: RenderedDocument.Remark) {
    counts[remark.kind, default: 0] += 1
    if counts[remark.kind, default: 0] <= Self.shown { warn(remark.text) }
  }

  /// Says what was not printed.
  func summarise() {
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.shown {
      warn("\(kind): \(count - Self.shown) more; every record has its own under diagnostics")
    }
  }
}
