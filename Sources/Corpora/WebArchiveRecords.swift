internal import Annotations

/// The pages of a web archive (WARC 1.0 and 1.1, ISO 28500): the payloads of its responses, resources and conversions.
/// Other records, answers other than success and what is no text are left out and counted.
final class WebArchiveRecords: MemberContainer {
  private let stream: ByteStream
  private let context: InputContext
  private let notes: InputNotes
  private var number = 0
  private var isAtEnd = false

  init(_ stream: ByteStream, context: InputContext, notes: InputNotes) {
    self.stream = stream
    self.context = context
    self.notes = notes
  }

  func next() -> Result<InputMember, InputFailure>? {
    while !isAtEnd {
      do {
        guard try findRecord() else {
          isAtEnd = true
          return number > 0
            ? nil : .failure(context.failure("there is no record of WARC 1.0 or 1.1 in it"))
        }
        if let member = try record() { return member }
      } catch {
        isAtEnd = true
        return .failure(context.failure("\(error)", number: number + 1))
      }
    }
    return nil
  }

  /// Goes to where the next record begins; false at the end. Everything that is none is passed over.
  private func findRecord() throws -> Bool {
    var passed = 0
    while true {
      let head = try stream.peek(16)
      if head.isEmpty {
        if passed > 0 { notes.count("gap between records of a web archive") }
        return false
      }
      var at = head.startIndex
      while at < head.endIndex, head[at] != UInt8(ascii: "W") {
        if head[at] != 0x0D, head[at] != 0x0A { passed += 1 }
        at += 1
      }
      if at > head.startIndex {
        _ = try stream.take(at - head.startIndex)
      } else if head.starts(with: Array("WARC/1.".utf8)) {
        if passed > 0 { notes.count("gap between records of a web archive") }
        return true
      } else {
        passed += 1
        _ = try stream.take(1)
      }
    }
  }

  /// The record that begins here; nil where it is left out.
  private func record() throws -> Result<InputMember, InputFailure>? {
    number += 1
    guard let header = try MessageHeader(stream) else {
      return .failure(
        context.failure(
          "the header of the record is not closed within \(MessageHeader.limit) bytes",
          number: number))
    }
    let type = header["WARC-Type"]?.lowercased() ?? "?"
    guard let length = header["Content-Length"].flatMap({ Int($0) }), length >= 0 else {
      return .failure(
        context.failure("the record has no Content-Length in digits", number: number))
    }
    let media = MediaType(header["Content-Type"] ?? "")
    guard ["response", "resource", "conversion"].contains(type) else {
      notes.count("record \"\(type)\" of a web archive")
      try skip(length)
      return nil
    }
    guard length <= context.options.limits.valueBytes else {
      let failure = context.tooLong(length, "the record", number: number)
      try skip(length)
      return .failure(failure)
    }
    let block = try stream.take(length)
    guard block.count == length else {
      return .failure(
        context.failure(
          "the record ends after \(block.count) of \(length) bytes; the file may be cut off",
          number: number))
    }
    var record = context
    let address = header["WARC-Target-URI"]?.filter { $0 != "<" && $0 != ">" }
    record.place = address.map { "\(context.place)!/\($0)" } ?? "\(context.place)#\(number)"
    record.id = "\(context.id)-\(number)"
    record.date = header["WARC-Date"]
    if type == "response", media.name == "application/http" {
      return try response(block, record)
    }
    guard media.isText else {
      notes.count("\"\(media.name)\" in a web archive")
      return nil
    }
    record.charset = media.charset
    return .success(.stream(ByteStream(bytes: block), record, media.kind))
  }

  /// The payload of an answer of HTTP.
  private func response(
    _ block: [UInt8], _ record: InputContext
  ) throws -> Result<InputMember, InputFailure>? {
    let message = ByteStream(bytes: block)
    guard let header = try MessageHeader(message) else {
      return .failure(record.failure("the answer has no end of its header"))
    }
    let status = header.firstLine.split(separator: " ").dropFirst().first ?? "?"
    guard status.hasPrefix("2") else {
      notes.count("answer \(status) in a web archive")
      return nil
    }
    let media = MediaType(header["Content-Type"] ?? "")
    guard media.isText else {
      notes.count("\"\(media.name)\" in a web archive")
      return nil
    }
    var body = try message.all(limit: .max)
    if header["Transfer-Encoding"]?.lowercased().contains("chunked") == true {
      body = HTTPChunks.joined(body) ?? body
    }
    switch header["Content-Encoding"]?.lowercased() ?? "identity" {
    case "identity", "gzip", "x-gzip", "none", "": break
    case let other where MediaType.isPlain(body): _ = other
    case let other:
      return .failure(record.failure("the page is packed with \"\(other)\", which is not read"))
    }
    var record = record
    record.charset = media.charset
    // Packed bodies tell themselves.
    let kind = Packing(head: body[...]) == nil ? media.kind : nil
    return .success(.stream(ByteStream(bytes: body), record, kind))
  }

  private func skip(_ count: Int) throws {
    var left = count
    while left > 0, let portion = try stream.next() {
      if portion.count > left { stream.putBack(portion.dropFirst(left)) }
      left -= portion.count
    }
  }
}
