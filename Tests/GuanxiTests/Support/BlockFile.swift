import Foundation

/// A case with whole files in it: files that begin with `=== name`, then `=> expected` (or
/// `! => expected`). Outside of blocks, `#` begins a comment.
struct Block: Sendable {
  var files: [(name: String, text: String)] = []
  var expected = ""
  var isKnownFailure = false
  var path = ""
  var line = 0

  /// All blocks of a stage.
  static func blocks(of stage: String) throws -> [Block] {
    let folder = Repository.root + "/Tests/Cases/" + stage
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0.hasSuffix(".cases") }.flatMap { name in
      try parse(String(contentsOfFile: folder + "/" + name, encoding: .utf8), folder + "/" + name)
    }
  }

  private static func parse(_ text: String, _ path: String) -> [Block] {
    var blocks: [Block] = []
    var block = Block()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("=== ") {
        block.files.append((name: String(line.dropFirst(4)), text: ""))
      } else if let last = block.files.indices.last {
        if line.hasPrefix("=>") || line.hasPrefix("! =>") {
          block.isKnownFailure = line.hasPrefix("!")
          block.expected = String(line.drop { $0 != ">" }.dropFirst())
          block.path = path
          block.line = index + 1
          blocks.append(block)
          block = Block()
        } else {
          block.files[last].text += line + "\n"
        }
      }
    }
    return blocks
  }

  /// The blocks as cases whose input is the block's number.
  static func cases(_ blocks: [Block]) -> [Case] {
    blocks.enumerated().map { number, block in
      Case(
        file: block.path, line: block.line, input: String(number),
        expected: block.expected.trimmingCharacters(in: .whitespaces),
        isKnownFailure: block.isKnownFailure)
    }
  }
}
