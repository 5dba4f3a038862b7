package import Annotations

/// A text with what a reader finds in it: the names, times, quantities and facts that a result is held against.
///
/// Spans count the scalars of the text, as those of a ``Record`` do. The slots of facts have no places: they are
/// copied from the text, but a subject that is carried over stands elsewhere.
package struct GoldDocument: Sendable {
  /// A name.
  package struct Name: Hashable, Sendable {
    package let text: String
    package let type: EntityType
    package let span: SourceRange

    /// A name at its place.
    package init(text: String, type: EntityType, span: SourceRange) {
      self.text = text
      self.type = type
      self.span = span
    }
  }

  /// A time.
  package struct Time: Hashable, Sendable {
    package let text: String
    package let span: SourceRange
    /// The TIMEX3 value, nil where it cannot be told.
    package let value: String?

    /// A time at its place.
    package init(text: String, span: SourceRange, value: String?) {
      self.text = text
      self.span = span
      self.value = value
    }
  }

  /// A quantity.
  package struct Quantity: Hashable, Sendable {
    package let text: String
    package let span: SourceRange
    /// A plain decimal or `LOW/HIGH`, nil where it cannot be told.
    package let value: String?
    package let measure: String?
    /// `=`, `≈`, `<` or `>`.
    package let modifier: String?
    /// What is counted or measured.
    package let counted: String?

    /// A quantity at its place.
    package init(
      text: String, span: SourceRange, value: String?, measure: String?, modifier: String?,
      counted: String?
    ) {
      self.text = text
      self.span = span
      self.value = value
      self.measure = measure
      self.modifier = modifier
      self.counted = counted
    }
  }

  /// A fact.
  package struct Fact: Hashable, Sendable {
    package var subject: String?
    package var relation: String
    package var object: String?
    package var time: String?
    package var place: String?
    package var recipient: String?
    package var source: String?
    package var organization: String?
    package var status: Status

    /// A fact; what else is known of it is set afterwards.
    package init(
      subject: String?, relation: String, object: String?, status: Status = .asserted
    ) {
      self.subject = subject
      self.relation = relation
      self.object = object
      self.status = status
    }
  }

  package var id: String
  package var text: String
  package var names: [Name] = []
  package var times: [Time] = []
  package var quantities: [Quantity] = []
  package var facts: [Fact] = []

  /// A text in which nothing has been found yet.
  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  /// The place of the `occurrence`-th time, from 1, that `wanted` stands in the text; they may overlap.
  package static func span(
    of wanted: String, occurrence: Int, in text: [UInt32]
  ) -> SourceRange? {
    let wanted = wanted.unicodeScalars.map(\.value)
    guard !wanted.isEmpty, occurrence > 0, wanted.count <= text.count else { return nil }
    var left = occurrence
    for start in 0...(text.count - wanted.count)
    where text[start..<(start + wanted.count)].elementsEqual(wanted) {
      left -= 1
      if left == 0 { return SourceRange(start, start + wanted.count) }
    }
    return nil
  }
}
