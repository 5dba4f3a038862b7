/// Where something stands in a line of JSON, for messages about it. Values are not read here: that is
/// `JSONDecoder`'s work, which does not say where they stand.
///
///     JSONPlace(line).column(of: [.key("entities"), .index(3), .key("text")])   // 118
struct JSONPlace {
  /// A step from a value into it.
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  /// Nesting beyond this is taken for no JSON, so that a line of brackets does not end the process.
  private static let deepest = 200

  private let bytes: [UInt8]

  /// A place in this line.
  init(_ line: some Sequence<UInt8>) { bytes = Array(line) }

  /// The column, in characters from 1, of a value; where it is not there, of the innermost value around it.
  /// - Complexity: O(count of the line).
  func column(of path: [Step]) -> Int {
    var scanner = Scanner(bytes: bytes, path: path)
    scanner.value(0, onPath: true)
    return column(at: scanner.found)
  }

  /// The column at which the line stops being JSON; nil where it is well-formed.
  func columnOfFault() -> Int? {
    var scanner = Scanner(bytes: bytes, path: [])
    scanner.value(0, onPath: false)
    scanner.space()
    if !scanner.hasFault, scanner.at == bytes.count { return nil }
    return column(at: scanner.at)
  }

  private func column(at index: Int) -> Int {
    String(decoding: bytes[..<min(index, bytes.count)], as: UTF8.self).unicodeScalars.count + 1
  }

  /// Walks over values without making anything of them, and stops at the first fault.
  private struct Scanner {
    let bytes: [UInt8]
    let path: [Step]
    var at = 0
    /// Where the innermost value of the path begins.
    var found = 0
    var hasFault = false

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func space() {
      while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { at += 1 }
    }

    mutating func eat(_ byte: UInt8) -> Bool {
      guard next == byte else { return false }
      at += 1
      return true
    }

    /// A value at this depth; `onPath` when all steps before it are those of the path.
    mutating func value(_ depth: Int, onPath: Bool) {
      space()
      if onPath { found = at }
      guard depth < JSONPlace.deepest else {
        hasFault = true
        return
      }
      switch next {
      case UInt8(ascii: "{"): object(depth, onPath)
      case UInt8(ascii: "["): array(depth, onPath)
      case UInt8(ascii: "\""): _ = string()
      default: word()
      }
    }

    private mutating func object(_ depth: Int, _ onPath: Bool) {
      at += 1
      space()
      if eat(UInt8(ascii: "}")) { return }
      while !hasFault {
        space()
        guard let key = string() else { return }
        space()
        guard eat(UInt8(ascii: ":")) else { return fault() }
        value(depth + 1, onPath: onPath && depth < path.count && path[depth] == .key(key))
        space()
        if eat(UInt8(ascii: "}")) { return }
        if !hasFault, !eat(UInt8(ascii: ",")) { fault() }
      }
    }

    private mutating func array(_ depth: Int, _ onPath: Bool) {
      at += 1
      space()
      if eat(UInt8(ascii: "]")) { return }
      var index = 0
      while !hasFault {
        value(depth + 1, onPath: onPath && depth < path.count && path[depth] == .index(index))
        index += 1
        space()
        if eat(UInt8(ascii: "]")) { return }
        if !hasFault, !eat(UInt8(ascii: ",")) { fault() }
      }
    }

    /// A text as it is written, with its escapes; keys of interest have none.
    private mutating func string() -> String? {
      guard eat(UInt8(ascii: "\"")) else {
        fault()
        return nil
      }
      let start = at
      while let byte = next, byte != UInt8(ascii: "\"") {
        at += byte == UInt8(ascii: "\\") ? 2 : 1
      }
      let end = min(at, bytes.count)
      guard eat(UInt8(ascii: "\"")) else {
        fault()
        return nil
      }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() {
      let start = at
      while let byte = next, Self.isOfWord(byte) { at += 1 }
      if start == at { fault() }
    }

    private mutating func fault() { hasFault = true }

    private static func isOfWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E"):
        true
      default: false
      }
    }
  }
}
