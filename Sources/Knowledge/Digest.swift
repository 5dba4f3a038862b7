internal import COpenSSL

/// `sha256:` and the SHA-256 of some bytes in hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: 32)
  _ = unsafe bytes.withUnsafeBytes { buffer in
    unsafe copenssl_sha256(buffer.baseAddress, buffer.count, &digest)
  }
  let digits = Array("0123456789abcdef")
  return "sha256:" + String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
