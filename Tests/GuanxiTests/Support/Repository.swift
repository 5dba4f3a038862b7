import Foundation

/// Where the files of the checkout lie, found from this file's own place.
enum Repository {
  /// The root of the checkout.
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// The text of a file below the root.
  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  /// The folder `shared` beside the checkout, with material that is no part of it; nil elsewhere.
  static let shared: String? = {
    let path = URL(fileURLWithPath: root).deletingLastPathComponent().path + "/shared"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
}
