package import Annotations

/// What normalisation reads differently than it is written, by what happened to the text.
package enum RepairKind: String, CaseIterable, Hashable, Sendable {
  /// A pronunciation behind a character: 區(qū).
  case reading
  /// Text of GBK that was read out of step.
  case outOfStep = "out-of-step"
  /// UTF-8 that was read in another charset.
  case mojibake
  /// A character reference or a tag of HTML that was escaped once more.
  case entity
  /// A character that nobody sees.
  case invisible
  /// A character for private use for which there is a standard one by now.
  case privateUse = "private-use"
  /// A character that stands for another one: a radical, a compatibility ideograph.
  case compatibility
  /// A line that a fixed width broke.
  case lineBreak = "line-break"
  /// What cannot be read any more: nothing matches across it.
  case damage
}

/// Something that normalisation read differently than it is written.
package struct Repair: Hashable, Sendable {
  /// The characters of the source that are read as something else.
  package let range: SourceRange
  /// What happened to them.
  package let kind: RepairKind
  /// What stands in the normalised text instead; empty where nothing does.
  package let read: String
}

/// A character that cannot be read any more.
let replacementCharacter = NormalizedText.damaged
