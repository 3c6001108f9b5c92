import Crypto
import Foundation

/// SHA-256 over what is given, piece by piece. Each piece stands behind its length, so that no two
/// rows of pieces give the same bytes.
struct Fingerprint {
  private var hash = SHA256()

  mutating func add(_ text: String) { add(Data(text.utf8)) }

  mutating func add(_ bytes: Data) {
    add(bytes.count)
    hash.update(data: bytes)
  }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) {
      hash.update(bufferPointer: $0)
    }
  }

  /// Numbers by their bytes, in the machine's order.
  mutating func add(_ values: UnsafeBufferPointer<Float>) {
    hash.update(bufferPointer: UnsafeRawBufferPointer(values))
  }

  mutating func add(_ values: [Int32]) {
    add(values.count)
    values.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  mutating func add(_ marks: [Bool]) { add(Data(marks.map { $0 ? 1 : 0 })) }

  /// The digest in hexadecimal digits.
  var text: String {
    hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
