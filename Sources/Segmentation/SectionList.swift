/// The form of a compiled file: a header, a directory of sections, and the sections, each at a multiple
/// of 64 bytes. Numbers are little-endian, as they lie in memory.
///
/// | at | |
/// | --- | --- |
/// | 0 | ``magic`` |
/// | 8 | ``version`` |
/// | 16 | the number of bytes of the file |
/// | 24 | the checksum of all that follows |
/// | 32 | the number of sections |
/// | 64 | the version of ICU |
/// | 96 | the name of the content |
/// | 256 | the directory: for each section its name, offset, number of elements and size of one |
enum SectionForm {
  static let magic: [UInt8] = Array("GUANXIKB".utf8)
  static let version = 3
  static let checksumPlace = 24
  /// Where that begins which the checksum is about.
  static let summed = 32
  static let icuPlace = 64
  static let icuSize = 32
  static let identityPlace = 96
  static let identitySize = 160
  static let directory = 256
  static let entrySize = 64
  static let nameSize = 40

  /// The next multiple of 64.
  static func aligned(_ at: Int) -> Int { (at + 63) & ~63 }
}

/// Named sections on their way into one stretch of memory or a file.
package struct SectionList {
  private struct Section {
    let name: String
    let bytes: [UInt8]
    let elementSize: Int
  }

  private var sections: [Section] = []

  /// No sections.
  package init() {}

  /// The sections of a compiled file.
  package init(copying reader: SectionReader) {
    for entry in reader.entries {
      sections.append(
        Section(
          name: entry.name, bytes: reader.bytes(of: entry), elementSize: entry.elementSize))
    }
  }

  /// Adds a section, or replaces the one of its name.
  package mutating func set<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
    precondition(name.utf8.count < SectionForm.nameSize, "the name of a section is short")
    sections.removeAll { $0.name == name }
    sections.append(
      Section(
        name: name, bytes: rawBytes(of: elements), elementSize: MemoryLayout<Element>.stride))
  }

  /// Adds a section of text.
  package mutating func set(_ name: String, text: String) { set(name, Array(text.utf8)) }

  mutating func set<Element: BitwiseCopyable>(_ section: WordTables.Section, _ elements: [Element])
  {
    set(section.rawValue, elements)
  }

  /// All sections in one stretch of memory. `identity` names the content; what is beyond 159 bytes of it
  /// is left out.
  /// - Complexity: O(bytes).
  package func packed(icuVersion: String, identity: String) -> TableStorage {
    var offsets: [Int] = []
    var size = SectionForm.aligned(SectionForm.directory + sections.count * SectionForm.entrySize)
    for section in sections {
      offsets.append(size)
      size = SectionForm.aligned(size + section.bytes.count)
    }
    func number(_ value: Int) -> [UInt8] { rawBytes(of: [UInt64(value).littleEndian]) }
    return TableStorage.allocated(count: size) { span in
      span.copy(SectionForm.magic, to: 0)
      span.copy(number(SectionForm.version), to: 8)
      span.copy(number(size), to: 16)
      span.copy(number(sections.count), to: SectionForm.summed)
      span.copy(
        Array(icuVersion.utf8.prefix(SectionForm.icuSize - 1)), to: SectionForm.icuPlace)
      span.copy(
        Array(identity.utf8.prefix(SectionForm.identitySize - 1)), to: SectionForm.identityPlace)
      for (index, section) in sections.enumerated() {
        let entry = SectionForm.directory + index * SectionForm.entrySize
        span.copy(Array(section.name.utf8), to: entry)
        span.copy(
          number(offsets[index]) + number(section.bytes.count / section.elementSize)
            + number(section.elementSize), to: entry + SectionForm.nameSize)
        span.copy(section.bytes, to: offsets[index])
      }
    }.sealed(checksumAt: SectionForm.checksumPlace, from: SectionForm.summed)
  }
}
