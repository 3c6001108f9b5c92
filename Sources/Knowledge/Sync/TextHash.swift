import Crypto
import Foundation

/// SHA-256 of a text's UTF-8 in lower-case hexadecimal.
package func textHash(_ text: String) -> String {
  SHA256.hash(data: Data(text.utf8)).map { byte in
    let digits = String(byte, radix: 16)
    return byte < 16 ? "0" + digits : digits
  }.joined()
}
