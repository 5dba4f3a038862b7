/// What entities stand for: those of XML and HTML, characters by number, and texts that a document
/// declares. None stands for another one, so nothing grows beyond `longestValue` a reference.
struct MarkupEntities {
  /// Bytes of a name.
  static let longestName = 40
  /// Bytes of the declarations of a document that are looked at.
  static let longestDeclarations = 1 << 16
  /// Bytes of a text that a document declares.
  private static let longestValue = 1024
  /// How many entities a document may declare.
  private static let mostValues = 1000

  private var values: [String: [UInt8]] = [
    "lt": [0x3C], "gt": [0x3E], "amp": [0x26], "quot": [0x22], "apos": [0x27],
  ]

  /// What `&name;` stands for; nil where it is not known.
  mutating func value(of name: String) -> [UInt8]? {
    if let known = values[name] { return known }
    if name.utf8.first == UInt8(ascii: "#") { return Self.numbered(name) }
    guard let scalar = characterOfHTMLEntity(name) else { return nil }
    let bytes = Array(String(Character(scalar)).utf8)
    values[name] = bytes
    return bytes
  }

  /// Takes the declarations in the brackets of a DOCTYPE: `<!ENTITY name "text">`.
  mutating func declare(_ doctype: [UInt8]) {
    guard doctype.contains(UInt8(ascii: "[")) else { return }
    for part in String(decoding: doctype, as: UTF8.self).split(separator: "<!ENTITY").dropFirst() {
      let name = part.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
      let rest = part[name.endIndex...].drop(while: \.isWhitespace)
      guard name.utf8.count <= Self.longestName, let quote = rest.first,
        quote == "\"" || quote == "'"
      else { continue }
      let value = rest.dropFirst().prefix { $0 != quote }
      guard value.utf8.count <= Self.longestValue, !value.contains("<"), !value.contains("%"),
        value.ranges(of: "&").count == value.ranges(of: "&#").count, values[String(name)] == nil,
        values.count < Self.mostValues
      else { continue }
      values[String(name)] = Array(resolved(Array(value.utf8)[...]).utf8)
    }
  }

  /// A text with its entities resolved.
  func resolved(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var table = self
    var out: [UInt8] = []
    var rest = bytes
    while let sign = rest.firstIndex(of: UInt8(ascii: "&")) {
      out += rest[..<sign]
      let name = rest[(sign + 1)...].prefix(Self.longestName).prefix { $0 != UInt8(ascii: ";") }
      if name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";"),
        let value = table.value(of: String(decoding: name, as: UTF8.self))
      {
        out += value
        rest = rest[(name.endIndex + 1)...]
      } else {
        out.append(UInt8(ascii: "&"))
        rest = rest[(sign + 1)...]
      }
    }
    return String(decoding: out + rest, as: UTF8.self)
  }

  /// A character by its number; what is none is U+FFFD.
  private static func numbered(_ name: String) -> [UInt8]? {
    let digits = name.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number else { return nil }
    let scalar = number == 0 ? nil : Unicode.Scalar(number)
    return Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
  }
}
