internal import SystemPackage

/// What could not be written, and why.
package struct OutputFailure: Error, CustomStringConvertible {
  /// The file, or standard output.
  package let place: String
  /// What is wrong.
  package let message: String
  /// Whether nobody reads any more what is written.
  package let isClosedPipe: Bool

  init(_ place: String, _ message: String) {
    self.place = place
    self.message = message
    isClosedPipe = false
  }

  init(_ place: String, _ error: any Error) {
    self.place = place
    message = "cannot be written: \(error)"
    isClosedPipe = error as? Errno == .brokenPipe
  }

  /// `place: message`.
  package var description: String { "\(place): \(message)" }
}

/// A file or standard output, to which bytes are appended through a buffer.
final class StreamFile {
  private static let portion = 1 << 18

  private let file: FileDescriptor
  private let place: String
  private var buffer: [UInt8] = []
  /// The number of bytes of the file, those in the buffer included.
  private(set) var length = 0

  /// Standard output for nil, else the file at a path, made if it is not there, as far as `length` says; what stands
  /// behind is cut off. A pipe or a device is only opened.
  init(path: String?, length: Int = 0, isStream: Bool = false) throws(OutputFailure) {
    place = path ?? "standard output"
    guard let path else {
      file = .standardOutput
      return
    }
    do {
      file = try FileDescriptor.open(
        FilePath(path), isStream ? .writeOnly : .readWrite, options: isStream ? [] : [.create],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      if isStream { return }
      let there = Int(try file.seek(offset: 0, from: .end))
      guard there >= length else {
        throw OutputFailure(
          place, "has \(there) bytes, but \(length) were written; give --restart to begin again")
      }
      try DurableFiles.truncate(file, to: length)
      try file.seek(offset: Int64(length), from: .start)
      self.length = length
    } catch let failure as OutputFailure {
      throw failure
    } catch {
      throw OutputFailure(place, error)
    }
  }

  deinit {
    // What counts was synced before.
    if file != .standardOutput { try? file.close() }
  }

  /// Appends bytes, to the buffer or, where that is full, to the file.
  func append(_ bytes: [UInt8]) throws(OutputFailure) {
    buffer += bytes
    length += bytes.count
    if buffer.count >= Self.portion { try flush() }
  }

  /// Writes what is in the buffer.
  func flush() throws(OutputFailure) {
    do { try file.writeAll(buffer) } catch { throw OutputFailure(place, error) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is in the buffer, and waits until it is on the disk.
  func sync() throws(OutputFailure) {
    try flush()
    do { try DurableFiles.sync(file) } catch { throw OutputFailure(place, error) }
  }
}
