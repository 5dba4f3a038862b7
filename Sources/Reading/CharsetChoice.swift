internal import Annotations

/// The charset of bytes, and how it was found: by a byte order mark, as UTF-8 that is well-formed, by a name from
/// outside, or by what is likely.
struct CharsetChoice {
  /// ICU's name.
  let name: String
  /// How many bytes at the start are a mark and no text.
  var markLength = 0
  /// In percent, where the charset was guessed.
  var confidence: Int?

  /// What the record says about it.
  var remark: RecordDiagnostic? {
    confidence.map {
      RecordDiagnostic(
        kind: "charset", message: "read as \(name), detected with confidence \($0) %")
    }
  }

  /// How many bytes ICU's detector is shown.
  private static let detectionWindow = 8192

  /// The charset of text that begins with `sample` (or has it behind ASCII, where it is not at the start), which is
  /// all that follows where `isWhole`. A charset of the name `hint` is
  /// believed as long as the sample is well-formed in it.
  static func find(
    _ sample: ArraySlice<UInt8>, isWhole: Bool, isAtStart: Bool = true, hint: String? = nil
  ) throws -> CharsetChoice {
    if isAtStart, let marked = byMark(sample) { return marked }
    let head = sample.prefix(detectionWindow)
    let text = isWhole ? sample : sample.dropLast(incompleteTail(of: sample))
    if isUTF8(text) {
      // A few NULs are strange characters, and said to be; many are another charset or no text.
      let nuls = text.count { $0 == 0 }
      if nuls == 0 || (nuls * 100 <= text.count && wideByItsUnits(head) == nil) {
        return CharsetChoice(name: "UTF-8")
      }
    }
    if let nul = head.firstIndex(of: 0) {
      guard let charset = wideByItsUnits(head) else {
        throw NotText(
          description:
            "byte \(nul - sample.startIndex) is NUL, so this is no text in UTF-8, GB18030, Big5 or UTF-16; "
            + "if it is an archive or a document file, unpack or export it as text first")
      }
      return CharsetChoice(name: charset)
    }
    // Before the hint, since nearly any bytes are well-formed in GB 18030; but a sequence or two may be chance.
    if looksLikeDamagedUTF8(text, atLeast: hint == nil ? 1 : 4) {
      return CharsetChoice(name: "UTF-8")
    }
    if let hint, let name = CharsetNames.usual(hint), fits(text, name) {
      return CharsetChoice(name: name)
    }
    return guess(sample) ?? CharsetChoice(name: "UTF-8")
  }

  /// The charset that a byte order mark names.
  static func byMark(_ bytes: ArraySlice<UInt8>) -> CharsetChoice? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return CharsetChoice(name: "UTF-8", markLength: 3)
    }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return CharsetChoice(name: "UTF-32")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return CharsetChoice(name: "UTF-16")
    }
    return nil
  }

  /// What the detectors say of bytes beyond ASCII that are no UTF-8.
  private static func guess(_ sample: ArraySlice<UInt8>) -> CharsetChoice? {
    // They are shown where the text stops being ASCII.
    let foreign = sample.firstIndex { $0 >= 0x80 } ?? sample.startIndex
    let start = max(sample.startIndex, foreign - detectionWindow / 8)
    let fit = ChineseCharsets.best(for: sample[foreign...].prefix(8 * detectionWindow))
    let found = detectCharset(Array(sample[start...].prefix(detectionWindow)))
    // ICU knows Japanese and Korean by their common characters, which our own measure takes for Chinese.
    if let found, found.confidence >= 60, found.confidence > fit?.confidence ?? 0,
      CharsetNames.isNeighbour(found.name)
    {
      return CharsetChoice(name: found.name, confidence: found.confidence)
    }
    if let fit, fit.confidence >= 50 {
      return CharsetChoice(name: fit.name, confidence: fit.confidence)
    }
    guard let found, found.confidence >= 10, knowsCharset(found.name),
      !(CharsetNames.isSingleByte(found.name)
        && sample.count { $0 >= 0x80 } * 20 <= sample.count)
    else { return nil }
    return CharsetChoice(name: found.name, confidence: found.confidence)
  }

  // MARK: Tests

  /// Whether bytes are well-formed UTF-8, and end with a character.
  static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// How many bytes at the end begin a character of UTF-8 that goes on behind them.
  static func incompleteTail(of bytes: ArraySlice<UInt8>) -> Int {
    for (back, byte) in bytes.reversed().prefix(3).enumerated() {
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back + 1 ? back + 1 : 0
    }
    return 0
  }

  /// Whether nearly nothing of a sample is malformed in a charset.
  private static func fits(_ sample: ArraySlice<UInt8>, _ charset: String) -> Bool {
    guard charset != "UTF-8", let converter = try? CharsetConverter(charset) else { return false }
    var text: [UInt8] = []
    let head = sample.prefix(1 << 16)
    let malformed = converter.convert(head, isLast: false, to: &text).malformed
    return malformed * 100 <= head.count { $0 >= 0x80 }
  }

  /// UTF-16 without a mark: read one way, nearly all units are Chinese, ASCII or their signs.
  static func wideByItsUnits(_ sample: ArraySlice<UInt8>) -> String? {
    guard sample.count >= 4 else { return nil }
    var plausible = (little: 0, big: 0)
    let units = sample.count / 2
    for index in 0..<units {
      let first = UInt16(sample[sample.startIndex + 2 * index])
      let second = UInt16(sample[sample.startIndex + 2 * index + 1])
      if isUsual(second << 8 | first) { plausible.little += 1 }
      if isUsual(first << 8 | second) { plausible.big += 1 }
    }
    if plausible.little * 10 >= units * 9, plausible.little > plausible.big { return "UTF-16LE" }
    if plausible.big * 10 >= units * 9, plausible.big > plausible.little { return "UTF-16BE" }
    return nil
  }

  private static func isUsual(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0x3000...0x303F, 0x4E00...0x9FFF, 0xFF00...0xFF5E,
      0x2010...0x2027:
      true
    default: false
    }
  }

  /// Whether there are as many well-formed sequences of three bytes as malformed ones: in a Chinese
  /// double-byte charset not one character in twenty begins what looks like one.
  private static func looksLikeDamagedUTF8(
    _ bytes: ArraySlice<UInt8>, atLeast least: Int
  ) -> Bool {
    var good = 0
    var bad = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.prefix(1 << 20).makeIterator()
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar): if scalar.count > 2 { good += 1 }
      case .error: bad += 1
      case .emptyInput: break loop
      }
    }
    return good >= least && good >= bad
  }
}

/// What names of charsets mean.
enum CharsetNames {
  /// The charset to read under a name that a page or a server gives: GB 2312 and GBK are parts of GB 18030. Nil for a
  /// name that ICU does not know and for Latin-1, which servers name where they know nothing.
  static func usual(_ name: String) -> String? {
    switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "gb2312", "gbk", "xgbk", "gb23121980", "gb231280", "cp936", "windows936", "ms936", "euccn",
      "gb18030":
      "GB18030"
    case "utf8": "UTF-8"
    case "iso88591", "latin1", "usascii", "ascii": nil
    default: knowsCharset(name) ? name : nil
    }
  }

  /// Whether a charset has a character a byte. A few bytes beyond ASCII are no sign of one: they are
  /// what is left of damaged UTF-8.
  static func isSingleByte(_ charset: String) -> Bool {
    charset.hasPrefix("ISO-8859") || charset.hasPrefix("windows-125") || charset.hasPrefix("IBM")
      || charset.hasPrefix("KOI8")
  }

  /// Whether a charset is one of Japanese or Korean.
  static func isNeighbour(_ charset: String) -> Bool {
    ["Shift_JIS", "EUC-JP", "EUC-KR"].contains(charset)
  }
}
