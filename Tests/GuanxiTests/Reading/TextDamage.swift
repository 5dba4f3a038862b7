import Annotations
import Characters
import Reading

/// Ways in which text is damaged on its way, done to clean text.
struct TextDamage {
  /// Bytes of GBK for each character that has two.
  private let pairs: [UInt32: [UInt8]]
  private let readings = PinyinReadings()
  private let transliterator: Transliterator
  /// The characters behind whose bytes a reading is put, with it.
  private let marked: [[UInt8]: String]

  init() throws {
    var bytes: [UInt8] = []
    for lead in UInt8(0x81)...0xFE {
      for trail in UInt8(0x40)...0xFE { bytes += [lead, trail, 0x0A] }
    }
    var pairs: [UInt32: [UInt8]] = [:]
    let lines = try convert(bytes, from: "GBK").0.unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.count == 1 && index * 3 + 1 < bytes.count {
      if let only = line.first?.value, only >= 0x80, only != 0xFFFD {
        pairs[only] = [bytes[index * 3], bytes[index * 3 + 1]]
      }
    }
    self.pairs = pairs
    transliterator = try Transliterator("Hans-Hant")
    var marked: [[UInt8]: String] = [:]
    for scalar in "區業會學國關設實將構務導產戰專當協領應習環調據".unicodeScalars {
      if let pair = pairs[scalar.value], let reading = readings.reading(of: scalar.value) {
        marked[pair] = reading
      }
    }
    self.marked = marked
  }

  func traditional(_ text: String) throws -> String { try transliterator.transform(text) }

  /// Traditional text with readings behind pairs of bytes, wherever these lie, read again.
  func outOfStep(_ traditional: String) throws -> String {
    var bytes: [UInt8] = []
    for scalar in traditional.unicodeScalars {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        bytes += pairs[scalar.value] ?? []
      }
    }
    var units: [(byte: UInt8, reading: String?)] = []
    for (index, byte) in bytes.enumerated() {
      units.append((byte, index > 0 ? marked[[bytes[index - 1], byte]] : nil))
    }
    var text = ""
    var index = 0
    func insert(_ reading: String?, lostOpening: Bool) {
      if let reading { text += (lostOpening ? "" : "(") + reading + ")" }
    }
    while index < units.count {
      let unit = units[index]
      if unit.byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(unit.byte))
        insert(unit.reading, lostOpening: false)
        index += 1
      } else if unit.reading != nil {
        text += "?"
        insert(unit.reading, lostOpening: true)
        index += 1
      } else if index + 1 < units.count, units[index + 1].byte >= 0x40 {
        let pair = try convert([unit.byte, units[index + 1].byte], from: "GBK").0.unicodeScalars
        let isPair = pair.count == 1 && pair.first?.value != 0xFFFD
        text += isPair ? String(String.UnicodeScalarView(pair)) : "?"
        insert(units[index + 1].reading, lostOpening: false)
        index += 2
      } else {
        text += "?"
        index += 1
      }
    }
    return text.replacing("，", with: ",").replacing("：", with: ":").replacing("；", with: ";")
      .replacing("（", with: "(").replacing("）", with: ")")
  }

  /// UTF-8 read as GBK, where no character is lost on the way.
  static func readAsGBK(_ text: String) throws -> String {
    var result = ""
    var run = String.UnicodeScalarView()
    func end() throws {
      let (read, malformed) = try convert(Array(String(run).utf8), from: "GBK")
      let isWhole = malformed == 0 && !read.unicodeScalars.contains("\u{FFFD}")
      result += isWhole ? read : String(run)
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        try end()
        result.unicodeScalars.append(scalar)
      } else {
        run.append(scalar)
      }
    }
    try end()
    return result
  }

  /// UTF-8 read as Latin-1, or as code page 1252.
  static func readAsLatin(_ text: String, isWindows: Bool) throws -> String {
    if isWindows { return try convert(Array(text.utf8), from: "windows-1252").0 }
    return String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
  }

  /// Every fifth character as a reference, and each line as a paragraph, escaped once more.
  static func escaped(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      var escaped = ""
      for (index, scalar) in line.unicodeScalars.enumerated() {
        switch index % 15 {
        case 4: escaped += "&#\(scalar.value);"
        case 9: escaped += "&amp;#x\(String(scalar.value, radix: 16));"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
      return "&lt;p class=&quot;text&quot;&gt;" + escaped + "&lt;/p&gt;"
    }.joined(separator: "\n")
  }

  /// Characters that nobody sees behind every third one.
  static func withInvisible(_ text: String) -> String {
    let invisible: [Unicode.Scalar] = [
      "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}",
    ]
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      result.append(scalar)
      if index % 3 == 2 { result.append(invisible[index / 3 % invisible.count]) }
    }
    return String(result)
  }

  /// Each character as a radical or a compatibility ideograph that stands for it, where there is one.
  static func withCompatibilityForms(_ text: String) -> String {
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    for value in Array(UInt32(0x2F00)...0x2FD5) + Array(0xF900...0xFAD9) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let form = compatibilityForm(of: String(Character(scalar))).unicodeScalars
      if form.count == 1, let only = form.first, only != scalar { forms[only] = scalar }
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { forms[$0] ?? $0 }))
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }

  /// Paragraphs with an indent, broken into lines of a width.
  static func wrapped(_ text: String, width: Int, lineEnd: String) -> String {
    text.split(separator: "\n").map { line in
      var lines: [String] = []
      var rest = Array(("　　" + line).unicodeScalars)
      while !rest.isEmpty {
        var columns = 0
        var count = 0
        while count < rest.count {
          let own = rest[count].value < 0x1100 ? 1 : 2
          if columns + own > width { break }
          columns += own
          count += 1
        }
        // A word or a number is not broken.
        while count > 1, count < rest.count, isWordCharacter(rest[count - 1]),
          isWordCharacter(rest[count])
        {
          count -= 1
        }
        lines.append(String(String.UnicodeScalarView(rest.prefix(count))))
        rest.removeFirst(count)
      }
      return lines.joined(separator: lineEnd)
    }.joined(separator: lineEnd)
  }
}
