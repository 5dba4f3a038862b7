/// What all packings of one file may give together, so that a small file does not become an endless one.
final class UnpackingBudget {
  private let limits: InputLimits
  /// How many bytes of the file were read.
  var packedBytes = 0

  init(_ limits: InputLimits) { self.limits = limits }

  /// - Throws: `Bomb` where one packing gave more bytes than there may come of what was read.
  func allow(_ unpacked: Int) throws {
    guard unpacked > limits.unpackedBytes + limits.unpackedRatio * packedBytes else { return }
    throw Bomb(ratio: limits.unpackedRatio)
  }

  struct Bomb: Error, CustomStringConvertible {
    let ratio: Int
    var description: String {
      "unpacking gives more than \(ratio) times its size, so the rest is not read; if it is sound, unpack it first"
    }
  }
}
