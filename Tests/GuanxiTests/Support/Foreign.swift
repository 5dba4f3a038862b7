import Glibc
import Testing

/// Texts in other charsets.
enum Foreign {
  /// The bytes of a text in a charset, by the C library's converter.
  static func bytes(of text: String, in charset: String) -> [UInt8] {
    let converter = unsafe iconv_open(charset, "UTF-8")
    defer { unsafe _ = iconv_close(converter) }
    var input = text.utf8.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    var inputLeft = input.count
    var outputLeft = output.count
    let capacity = output.count
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var to = target.baseAddress
        unsafe _ = iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    #expect(inputLeft == 0, "\(charset) cannot hold \(text)")
    return output.prefix(capacity - outputLeft).map { UInt8(bitPattern: $0) }
  }
}
