/// Writes JSON objects as bytes, keys in the order in which they are given.
///
/// Foundation's encoder would sort or scatter the keys and costs many times the extraction; what is
/// needed of JSON here is one page.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  mutating func object(_ key: String? = nil, _ body: (inout JSONWriter) -> Void) {
    begin(key, UInt8(ascii: "{"))
    body(&self)
    end(UInt8(ascii: "}"))
  }

  mutating func array<Element>(
    _ key: String, _ elements: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    begin(key, UInt8(ascii: "["))
    for element in elements { body(&self, element) }
    end(UInt8(ascii: "]"))
  }

  /// A key with a text, or with null.
  mutating func field(_ key: String, _ value: String?) {
    name(key)
    if let value { text(value) } else { append("null") }
  }

  /// A key with a text, left out when there is none.
  mutating func optional(_ key: String, _ value: String?) {
    if let value { field(key, value) }
  }

  mutating func field(_ key: String, _ value: Int) {
    name(key)
    integer(value)
  }

  /// A key with a share, in four decimals.
  mutating func number(_ key: String, _ value: Double) {
    name(key)
    bytes += FigureText.decimal(value, places: 4).utf8
  }

  mutating func field(_ key: String, _ value: Bool) {
    name(key)
    append(value ? "true" : "false")
  }

  /// A text as an element of an array.
  mutating func element(_ value: String) {
    comma()
    text(value)
  }

  mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func begin(_ key: String?, _ bracket: UInt8) {
    if let key { name(key) } else { comma() }
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma {
      bytes.append(UInt8(ascii: ","))
      bytes.append(UInt8(ascii: " "))
    }
    needsComma = true
  }

  /// Writes a key, in which nothing has to be escaped.
  private mutating func name(_ key: String) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    append(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
  }

  /// Writes a text as it is. A short one byte by byte: to copy it takes a look at its form first.
  private mutating func append(_ text: String) {
    let span = text.utf8.span
    if span.count > Self.shortText {
      bytes += text.utf8
    } else {
      for place in span.indices { bytes.append(span[place]) }
    }
  }

  /// The length in bytes of a text to whose copying more belongs than to its bytes.
  private static let shortText = 15

  private mutating func integer(_ value: Int) {
    guard value >= 0 else {
      bytes += String(value).utf8
      return
    }
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  private mutating func text(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if Self.isPlain(value.utf8.span) { append(value) } else { escaped(value) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ value: String) {
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes.append(Self.digits[Int(byte >> 4)])
        bytes.append(Self.digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Whether nothing has to be escaped.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    for place in text.indices {
      let byte = text[place]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
    }
    return true
  }
}
