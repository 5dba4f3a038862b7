import Corpora

/// What is printed of the remarks on documents: the first few of each kind, and at the end how many more there were:
/// a corpus with the same fault in every line does not bury everything else.
struct RemarkPrinter {
  /// How many of a kind are printed.
  private static let shown = 5

  private var counts: [String: Int] = [:]

  /// A remark to print, nil where it is only counted.
  mutating func text(of remark: ExtractRun.Remark) -> String? {
    counts[remark.kind, default: 0] += 1
    return counts[remark.kind, default: 0] <= Self.shown ? remark.text : nil
  }

  /// What was not printed, a line a kind.
  var rest: [String] {
    counts.filter { $0.value > Self.shown }.sorted { $0.key < $1.key }.map {
      "\($0.key): \($0.value - Self.shown) more; every record has its own under diagnostics"
    }
  }
}
