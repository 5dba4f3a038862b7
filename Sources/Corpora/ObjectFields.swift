/// An object of JSON as the fields of a document.
struct ObjectFields: Decodable {
  static let namesKey = "guanxi.fields"

  private(set) var text: String?
  private(set) var id: String?
  private(set) var title: String?
  private(set) var date: String?
  /// The keys that are there.
  let keys: [String]

  init(from decoder: any Decoder) throws {
    let names =
      CodingUserInfoKey(rawValue: Self.namesKey).flatMap { decoder.userInfo[$0] } as? FieldNames
    let container = try decoder.container(keyedBy: ObjectKey.self)
    keys = container.allKeys.map(\.stringValue).sorted()
    for role in FieldNames.Role.allCases {
      for name in (names ?? FieldNames()).names(role) {
        guard let value = try Self.value(name, in: container, isText: role == .text) else {
          continue
        }
        switch role {
        case .text: text = value
        case .id: id = value
        case .title: title = value
        case .date: date = value
        }
        break
      }
    }
  }

  /// The value under a key, or under keys inside one another; nil where it is not there or null.
  private static func value(
    _ name: String, in container: KeyedDecodingContainer<ObjectKey>, isText: Bool
  ) throws -> String? {
    var key = ObjectKey(name)
    if !container.contains(key) {
      let folded = FieldNames.folded(name)
      if let other = container.allKeys.filter({ FieldNames.folded($0.stringValue) == folded }).min(
        by: { $0.stringValue < $1.stringValue })
      {
        key = other
      } else {
        guard let dot = name.firstIndex(of: "."),
          let inner = try? container.nestedContainer(
            keyedBy: ObjectKey.self, forKey: ObjectKey(String(name[..<dot])))
        else { return nil }
        return try value(String(name[name.index(after: dot)...]), in: inner, isText: isText)
      }
    }
    if try container.decodeNil(forKey: key) { return nil }
    // Texts first: an attempt that fails costs more than the reading.
    if let text = try? container.decode(String.self, forKey: key) { return text }
    if !isText { return try container.decode(JSONIdentifier.self, forKey: key).text }
    // A text may be a list of paragraphs.
    if let parts = try? container.decode([String].self, forKey: key) {
      return parts.joined(separator: "\n")
    }
    return try container.decode(String.self, forKey: key)
  }
}

private struct ObjectKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// An id may be a text or a number.
struct JSONIdentifier: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let written = try? container.decode(String.self) {
      text = written
    } else if let number = try? container.decode(Int.self) {
      text = String(number)
    } else if let number = try? container.decode(UInt64.self) {
      text = String(number)
    } else if let number = try? container.decode(Double.self) {
      text = String(number)
    } else {
      text = try container.decode(String.self)
    }
  }
}
