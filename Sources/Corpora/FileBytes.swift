internal import SystemPackage

/// An open file as a source of bytes. It owns the file and closes it when it goes.
final class FileBytes: ByteSource {
  private static let portion = 1 << 18

  private let file: FileDescriptor
  private let budget: UnpackingBudget

  /// Reads from where the file stands.
  init(_ file: FileDescriptor, budget: UnpackingBudget) {
    self.file = file
    self.budget = budget
  }

  deinit {
    // Nothing was written to it, so closing has nothing to say.
    if file != .standardInput { try? file.close() }
  }

  /// What is there at once: of a pipe that is what was written to it.
  func read() throws -> ArraySlice<UInt8>? {
    var failure: (any Error)?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.portion) { buffer, count in
      do {
        count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw ReadingFailure(description: "cannot be read: \(failure)") }
    budget.packedBytes += bytes.count
    return bytes.isEmpty ? nil : bytes[...]
  }

  struct ReadingFailure: Error, CustomStringConvertible {
    let description: String
  }
}
