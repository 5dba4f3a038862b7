internal import Annotations

/// The words in which somebody tells what follows.
struct ReportedWords {
  /// Whose words they are, named as the source of what they tell or not; nil where the reporter tells it.
  var source: TextRange?
  /// Whether that is a document (《意见》明确，…), which lays down what is to be done.
  var isWritten = false
  /// Whether it may tell the next sentences as well.
  var goesOn = false
  /// Whether it is of an earlier sentence.
  var isOld = false
  /// The quotation that the words began with, where there is one.
  var quotation: OpenQuotation?

  /// Who is named as the source of what is told; behind its sentence only who may tell more.
  var namedSource: Slot? {
    guard let source, goesOn || !isOld else { return nil }
    return Slot(range: source, carried: isOld)
  }

  /// What is left of them behind a sentence that others tell: who tells no more than a sentence is silent then.
  var goingOn: ReportedWords {
    var words = self
    if !goesOn { words.source = nil }
    words.goesOn = true
    return words
  }
}
