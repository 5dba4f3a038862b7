internal import Annotations
internal import Segmentation

/// The parts of an organisation's name: where it is, and what it is.
///
/// 天津市和平区教育局 has the places 天津市 and 和平区 and the rest 教育局; 区教育局 has the level 区 and the same
/// rest. Of 宁波全贸作息技术有限公司 the core is 全贸作息技术.
struct OrganizationName: Sendable {
  /// The places that it begins with.
  let places: [PlaceName]
  /// The level that stands for a place: 区; empty where there is none.
  let level: [UInt32]
  /// What follows them, as it is written.
  let written: [UInt32]
  /// The same with short parts in full: what names of one organisation share.
  let rest: [UInt32]
  /// What is left of `written` without a legal form.
  let core: [UInt32]
  /// The legal form of a company, empty for other organisations.
  let legalForm: [UInt32]
  /// Whether the form is one that full names of companies have.
  let hasFullForm: Bool

  /// Whether both may be in one place: the narrowest places are the same, and so are the wider ones that both
  /// name.
  func agrees(with other: OrganizationName) -> Bool {
    var left = places[...]
    var right = other.places[...]
    while let one = left.popLast(), let another = right.popLast() {
      if !one.matches(another) { return false }
    }
    return true
  }
}

extension NameVocabulary {
  /// The parts of a name.
  /// - Complexity: O(count of the name).
  func organization(_ name: [UInt32]) -> OrganizationName {
    var start = 0
    if let head = longest(.head, in: name, at: 0), head.end < name.count { start = head.end }
    var level: [UInt32] = []
    var places: [PlaceName] = []
    if let leading = leadingLevel(of: name, from: start) {
      (level, start) = leading
    } else {
      (places, start) = leadingPlaces(of: name, from: start)
    }
    let written = Array(name[start...])
    var legalForm: [UInt32] = []
    var hasFullForm = false
    if let form = ending([.legalForm, .looseForm], of: written), form.start >= 2 {
      legalForm = Array(written[form.start...])
      hasFullForm = has(.legalForm, legalForm)
    }
    return OrganizationName(
      places: places, level: level, written: written, rest: inFull(written),
      core: Array(written.dropLast(legalForm.count)), legalForm: legalForm,
      hasFullForm: hasFullForm)
  }

  /// A name with its short parts in full, from left to right the longest first.
  private func inFull(_ name: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(name.count)
    var at = 0
    while at < name.count {
      if longest([.form, .tail], in: name, at: at) == nil {
        result.append(name[at])
        at += 1
      } else if let form = longest(.form, in: name, at: at), let full = self.name(of: form.sense) {
        result += full
        at = form.end
      } else if let tail = longest(.tail, in: name, at: at), tail.end == name.count,
        let full = self.name(of: tail.sense)
      {
        result += full
        at = tail.end
      } else {
        result.append(name[at])
        at += 1
      }
    }
    return result
  }
}
