/// Writes JSON objects as bytes, keys in the order in which they are given.
///
/// Foundation's encoder would sort or scatter the keys and costs many times the extraction; what is
/// needed of JSON here is one page.
struct JSONWriter {
  /// Room for the bytes, so that each text is written without asking the array for every one of them.
  private var room: [UInt8] = []
  /// So many of these are written.
  private var count = 0
  private var needsComma = false

  /// What was written.
  var bytes: [UInt8] { Array(room[..<count]) }

  mutating func removeAll() {
    count = 0
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
    append(FigureText.decimal(value, places: 4))
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
    append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func begin(_ key: String?, _ bracket: UInt8) {
    if let key { name(key) } else { comma() }
    append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    append(bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma {
      append(UInt8(ascii: ","))
      append(UInt8(ascii: " "))
    }
    needsComma = true
  }

  /// Makes room for so many more bytes.
  private mutating func reserve(_ more: Int) {
    let missing = count + more - room.count
    if missing > 0 {
      room += [UInt8](repeating: 0, count: max(missing, room.count, Self.leastRoom))
    }
  }

  private static let leastRoom = 4096

  private mutating func append(_ byte: UInt8) {
    reserve(1)
    room[count] = byte
    count += 1
  }

  /// Writes a text as it is.
  private mutating func append(_ text: String) {
    let text = text.utf8.span
    reserve(text.count)
    let start = count
    var room = room.mutableSpan
    for place in text.indices { room[start + place] = text[place] }
    count = start + text.count
  }

  /// Writes a key, in which nothing has to be escaped.
  private mutating func name(_ key: String) {
    let key = key.utf8.span
    reserve(key.count + 6)
    let follows = needsComma
    var at = count
    var room = room.mutableSpan
    if follows {
      room[at] = UInt8(ascii: ",")
      room[at &+ 1] = UInt8(ascii: " ")
      at &+= 2
    }
    room[at] = UInt8(ascii: "\"")
    at &+= 1
    for place in key.indices { room[at &+ place] = key[place] }
    at &+= key.count
    room[at] = UInt8(ascii: "\"")
    room[at &+ 1] = UInt8(ascii: ":")
    room[at &+ 2] = UInt8(ascii: " ")
    count = at &+ 3
    needsComma = true
  }

  private mutating func integer(_ value: Int) {
    guard value >= 0 else {
      append(String(value))
      return
    }
    var rest = UInt(value)
    var length = 1
    var bound: UInt = 10
    while rest >= bound {
      bound &*= 10
      length += 1
    }
    reserve(length)
    let end = count + length
    var room = room.mutableSpan
    for place in 1...length {
      room[end &- place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count = end
  }

  /// Writes a text in quotes: as it is, where nothing has to be escaped.
  private mutating func text(_ value: String) {
    if !copy(value.utf8.span) { escape(value) }
  }

  /// Writes a text in quotes; gives false, and writes nothing, where something has to be escaped.
  private mutating func copy(_ text: Span<UInt8>) -> Bool {
    reserve(text.count + 2)
    let start = count + 1
    var room = room.mutableSpan
    room[start &- 1] = UInt8(ascii: "\"")
    for place in text.indices {
      let byte = text[place]
      if !Self.isPlain(byte) { return false }
      room[start &+ place] = byte
    }
    room[start &+ text.count] = UInt8(ascii: "\"")
    count = start &+ text.count &+ 1
    return true
  }

  private mutating func escape(_ text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20:
        append("\\u00")
        append(Self.digits[Int(byte >> 4)])
        append(Self.digits[Int(byte & 15)])
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Whether a byte need not be escaped. Those of all but ASCII stand behind the backslash.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > UInt8(ascii: "\\")
      || (byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\"))
  }
}
