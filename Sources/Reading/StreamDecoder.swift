package import Annotations

/// Turns bytes that come in portions into UTF-8, in constant memory.
///
///     var decoder = StreamDecoder()
///     try decoder.append(portion, isLast: false, to: &text)
///
/// The charset is chosen by the first MiB of the text, or all of it where it is shorter; as long as there is only ASCII
/// it stays open. What is malformed becomes U+FFFD and is counted. What is appended is always well-formed.
package struct StreamDecoder {
  private static let sampleSize = 1 << 20

  /// The charset that is read, by ICU's name; nil as long as nothing but ASCII came.
  package var charset: String? { choice?.name }

  private let fixed: String?
  private let hint: String?
  private var choice: CharsetChoice?
  /// Nil where the charset is UTF-8.
  private var converter: CharsetConverter?
  /// Bytes that are not decoded: a sample to choose by, or the beginning of a character.
  private var pending: [UInt8] = []
  /// How many bytes were decoded.
  private var offset = 0
  private var malformed = 0
  private var firstMalformed: Int?

  /// A decoder that finds the charset. `charset` is one that is known for sure and `hint` one that a page or a server
  /// names; names that ICU does not know are not followed.
  package init(charset: String? = nil, hint: String? = nil) {
    fixed = charset.flatMap { CharsetNames.usual($0) ?? (knowsCharset($0) ? $0 : nil) }
    self.hint = hint
  }

  /// Appends what a portion says to `text`; with the last one, all that is left.
  /// - Throws: `NotText` where the bytes are no text in any charset.
  package mutating func append(
    _ bytes: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]
  ) throws {
    let input = pending.isEmpty ? bytes : ArraySlice(pending + bytes)
    pending = []
    if choice == nil {
      if fixed == nil, !isLast {
        if input.allSatisfy({ $0 < 0x80 && $0 != 0 }) {
          text += input
          offset += input.count
          return
        }
        if input.count < Self.sampleSize {
          pending = Array(input)
          return
        }
      }
      try choose(input, isWhole: isLast)
    }
    if converter == nil {
      appendUTF8(input, isLast: isLast, to: &text)
    } else {
      appendConverted(input, isLast: isLast, to: &text)
    }
  }

  /// What there is to say about what was decoded since the last call; the charset each time, where it was guessed.
  package mutating func takeDiagnostics() -> [RecordDiagnostic] {
    defer {
      malformed = 0
      firstMalformed = nil
    }
    var remarks: [RecordDiagnostic] = []
    if let remark = choice?.remark { remarks.append(remark) }
    if malformed > 0 {
      remarks.append(
        RecordDiagnostic(
          kind: "malformed-bytes",
          message:
            "\(malformed) malformed sequence\(malformed == 1 ? "" : "s") in \(charset ?? "UTF-8") became U+FFFD; "
            + "the first stands at byte \(firstMalformed ?? 0)",
          byteOffset: firstMalformed))
    }
    return remarks
  }

  private mutating func choose(_ sample: ArraySlice<UInt8>, isWhole: Bool) throws {
    let found: CharsetChoice
    if let fixed {
      let mark = CharsetChoice.byMark(sample)
      found = CharsetChoice(
        name: fixed, markLength: fixed == mark?.name ? mark?.markLength ?? 0 : 0)
    } else {
      found = try CharsetChoice.find(
        sample, isWhole: isWhole, isAtStart: offset == 0, hint: hint)
    }
    choice = found
    if found.name != "UTF-8" { converter = try CharsetConverter(found.name) }
  }

  private mutating func appendConverted(
    _ input: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]
  ) {
    let start = text.count
    let (count, first) = converter?.convert(input, isLast: isLast, to: &text) ?? (0, nil)
    if offset == 0, text[start...].starts(with: [0xEF, 0xBB, 0xBF]) {
      text.removeSubrange(start..<start + 3)
    }
    if firstMalformed == nil, let first { firstMalformed = offset + first }
    malformed += count
    offset += input.count
  }

  private mutating func appendUTF8(
    _ input: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]
  ) {
    var body = input
    if offset == 0 {
      let mark = choice?.markLength ?? 0
      body = body.dropFirst(mark)
      offset = mark
    }
    if !isLast {
      let tail = CharsetChoice.incompleteTail(of: body)
      pending = Array(body.suffix(tail))
      body = body.dropLast(tail)
    }
    if CharsetChoice.isUTF8(body) {
      text += body
    } else {
      repair(body, to: &text)
    }
    offset += body.count
  }

  /// Appends with U+FFFD for each maximal part that is malformed.
  private mutating func repair(_ body: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var at = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = body.makeIterator()
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar):
        text += scalar
        at += scalar.count
      case .error(let length):
        text += [0xEF, 0xBF, 0xBD]
        if firstMalformed == nil { firstMalformed = offset + at }
        malformed += 1
        at += length
      case .emptyInput: break loop
      }
    }
  }
}
