import Foundation
import Testing

/// Cases that are whole files: beside `a.html` stands `a.expected`, what is to be read of it.
///
/// `RECORD_PAGES=1 swift test --filter …` writes what is read now; look at the difference.
enum FileCases {
  static func run(_ folder: String, atLeast: Int, _ read: (String, [UInt8]) throws -> String) throws
  {
    let path = Repository.root + "/Tests/Cases/" + folder
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      .filter { !$0.hasSuffix(".expected") }
    #expect(names.count >= atLeast, "\(folder) has \(names.count) files")
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
      let found = try read(name, bytes)
      let file = URL(fileURLWithPath: path + "/" + name + ".expected")
      if ProcessInfo.processInfo.environment["RECORD_PAGES"] != nil {
        try Data(found.utf8).write(to: file)
        continue
      }
      let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(found == expected, "Tests/Cases/\(folder)/\(name)")
    }
  }
}
