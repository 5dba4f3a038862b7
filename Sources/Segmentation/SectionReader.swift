/// A compiled file or memory of its form, checked: its named sections, used where they lie.
package struct SectionReader: Sendable {
  /// A section.
  struct Entry: Sendable {
    let name: String
    let offset: Int
    let count: Int
    let elementSize: Int
  }

  /// The memory.
  package let storage: TableStorage
  /// The version of ICU that the content was made with.
  package let icuVersion: String
  /// The name of the content, empty for none.
  package let identity: String
  let entries: [Entry]

  /// The sections of a file, mapped into memory.
  /// - Throws: ``CompiledTablesError`` when there is no such file, it is none of these, it is damaged, or it
  ///   was made with another version of ICU or of the form.
  package init(contentsOf path: String) throws {
    do {
      try self.init(try mapFile(path), icuVersion: icuLibraryVersion())
    } catch let error as CompiledTablesError {
      throw error.about(path)
    }
  }

  /// Checks the header, the checksum and the directory.
  /// - Complexity: O(bytes), about a millisecond for ten megabytes.
  init(_ storage: TableStorage, icuVersion expected: String) throws {
    let beginning: Table<UInt8>? = storage.table(
      at: 0, count: min(storage.count, SectionForm.magic.count))
    guard beginning?.array == SectionForm.magic else {
      let found = String(decoding: beginning?.array ?? [], as: UTF8.self)
      throw CompiledTablesError.foreign(
        "this is no compiled file of Guanxi: it begins with \(found.debugDescription), not with "
          + String(decoding: SectionForm.magic, as: UTF8.self).debugDescription)
    }
    guard let header: Table<UInt8> = storage.table(at: 0, count: SectionForm.directory) else {
      throw CompiledTablesError.damaged(
        "\(storage.count) bytes were found, \(SectionForm.directory) and more were expected")
    }
    func number(_ bytes: Table<UInt8>, _ at: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << (8 * UInt64($1)) }
    }
    func text(_ bytes: Table<UInt8>, _ at: Int, _ length: Int) -> String {
      String(
        decoding: (at..<(at + length)).map { bytes[$0] }.prefix { $0 != 0 }, as: UTF8.self)
    }
    let version = number(header, 8)
    guard version == UInt64(SectionForm.version) else {
      throw CompiledTablesError.version(
        "the file has format \(version), this version of Guanxi reads \(SectionForm.version)")
    }
    let size = number(header, 16)
    guard size == UInt64(storage.count) else {
      throw CompiledTablesError.damaged(
        "\(storage.count) bytes were found, \(size) were written")
    }
    let sum = storage.checksum(from: SectionForm.summed)
    let written = number(header, SectionForm.checksumPlace)
    guard sum == written else {
      throw CompiledTablesError.damaged(
        "the content has the checksum \(String(sum, radix: 16)), "
          + "\(String(written, radix: 16)) was written")
    }
    icuVersion = text(header, SectionForm.icuPlace, SectionForm.icuSize)
    identity = text(header, SectionForm.identityPlace, SectionForm.identitySize)
    guard icuVersion == expected else {
      throw CompiledTablesError.version(
        "the file holds the dictionary of ICU \(icuVersion), this is ICU \(expected)")
    }
    let count = number(header, SectionForm.summed)
    guard count < 1000,
      let directory: Table<UInt8> = storage.table(
        at: SectionForm.directory, count: Int(count) * SectionForm.entrySize)
    else { throw CompiledTablesError.damaged("the directory leads outside the file") }
    entries = (0..<Int(count)).map { index in
      let at = index * SectionForm.entrySize
      func field(_ place: Int) -> Int {
        Int(clamping: number(directory, at + SectionForm.nameSize + place * 8))
      }
      return Entry(
        name: text(directory, at, SectionForm.nameSize), offset: field(0), count: field(1),
        elementSize: field(2))
    }
    self.storage = storage
  }

  /// Whether there is a section of a name.
  package func has(_ name: String) -> Bool { entries.contains { $0.name == name } }

  /// Where the sections lie among the bytes.
  package var sectionRanges: [Range<Int>] {
    entries.map { $0.offset..<($0.offset + $0.count * $0.elementSize) }
  }

  /// A section where it lies.
  func table<Element>(_ name: String) throws -> Table<Element> {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw CompiledTablesError.foreign("there is no section \"\(name)\"")
    }
    guard entry.elementSize == MemoryLayout<Element>.stride,
      let table: Table<Element> = storage.table(at: entry.offset, count: entry.count)
    else {
      throw CompiledTablesError.damaged("the section \"\(name)\" lies outside the file")
    }
    return table
  }

  /// A copy of a section.
  package func array<Element: BitwiseCopyable & Sendable>(_ name: String) throws -> [Element] {
    let table: Table<Element> = try table(name)
    return table.array
  }

  /// A section of text.
  package func text(_ name: String) throws -> String {
    let table: Table<UInt8> = try table(name)
    return table.string(in: 0..<table.count)
  }

  func bytes(of entry: Entry) -> [UInt8] {
    let table: Table<UInt8>? = storage.table(
      at: entry.offset, count: entry.count * entry.elementSize)
    return table?.array ?? []
  }
}
