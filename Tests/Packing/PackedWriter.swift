internal import CLibArchive

/// Archives and compressed streams for tests, made in memory by libarchive.
///
/// A target of its own, so that the tests need no C headers.
package enum PackedWriter {
  /// An archive of members: `format` is `zip`, `7zip`, `ustar` or `pax`, `filter` is `none` or a compression around it.
  /// Nil where libarchive was built without it.
  package static func archive(
    _ format: String, filter: String = "none", _ members: [(name: String, bytes: [UInt8])]
  ) -> [UInt8]? {
    clibarchive_set_locale()
    guard let writer = unsafe archive_write_new() else { return nil }
    defer { unsafe _ = archive_write_free(writer) }
    guard unsafe archive_write_set_format_by_name(writer, format) == ARCHIVE_OK,
      unsafe filter == "none" || archive_write_add_filter_by_name(writer, filter) >= ARCHIVE_WARN
    else { return nil }
    unsafe archive_write_set_bytes_in_last_block(writer, 1)
    let capacity = members.reduce(1 << 20) { $0 + $1.bytes.count * 2 }
    var used = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = 0
      guard
        unsafe archive_write_open_memory(writer, buffer.baseAddress, buffer.count, &used)
          == ARCHIVE_OK
      else { return }
      for member in members {
        guard let entry = unsafe archive_entry_new() else { return }
        unsafe archive_entry_set_pathname(entry, member.name)
        unsafe archive_entry_set_size(entry, Int64(member.bytes.count))
        unsafe clibarchive_make_file(entry)
        guard unsafe archive_write_header(writer, entry) >= ARCHIVE_WARN else { return }
        unsafe _ = archive_write_data(writer, member.bytes, member.bytes.count)
        unsafe archive_entry_free(entry)
      }
      unsafe archive_write_close(writer)
      count = used
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Bytes in a compression: `gzip`, `bzip2`, `xz`, `zstd`, `lz4`, `lzip`, `compress`.
  package static func stream(_ filter: String, _ bytes: [UInt8]) -> [UInt8]? {
    archive("raw", filter: filter, [(name: "data", bytes: bytes)])
  }
}
