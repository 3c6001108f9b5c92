import Crypto
import Foundation

/// What tells weights and other contents from others.
enum HexDigest {
  /// SHA-256 in lower-case hexadecimal.
  static func sha256(of data: Data) -> String {
    SHA256.hash(data: data).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
