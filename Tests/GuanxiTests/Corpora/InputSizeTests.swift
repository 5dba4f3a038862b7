import Corpora
import Foundation
import Testing

/// What progress is measured against.
@Suite struct InputSizeTests {
  @Test func bytesOfFilesAndFolders() throws {
    let folder = NSTemporaryDirectory() + "/guanxi-size-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/inner", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(repeating: 0x41, count: 70_000).write(to: URL(fileURLWithPath: folder + "/a.txt"))
    try Data(repeating: 0x41, count: 5).write(to: URL(fileURLWithPath: folder + "/inner/b.txt"))
    #expect(DocumentSource.totalBytes(of: [folder + "/a.txt"]) == 70_000)
    #expect(DocumentSource.totalBytes(of: [folder, folder + "/a.txt"]) == 140_005)
    #expect(DocumentSource.totalBytes(of: [folder + "/none"]) == 0)
    #expect(DocumentSource.totalBytes(of: [folder, "-"]) == nil)
  }
}
