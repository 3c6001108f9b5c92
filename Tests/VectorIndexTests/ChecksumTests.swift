import TestSupport
import Testing
import VectorIndex

@Suite struct ChecksumTests {
  /// Values of the reference implementation (`xxhsum -H64`, and its test vectors with seeds).
  @Test(arguments: [
    ("", UInt64(0), UInt64(0xEF46_DB37_51D8_E999)),
    ("a", 0, 0xD24E_C4F1_A98C_6E5B),
    ("abc", 0, 0x44BC_2CF5_AD77_0999),
    ("The quick brown fox jumps over the lazy dog", 0, 0x0B24_2D36_1FDA_71BC),
  ])
  func matchesReference(_ text: String, _ seed: UInt64, _ expected: UInt64) {
    #expect(Checksum.of(text, seed: seed) == expected)
  }

  @Test func piecesMakeTheSameAsTheWhole() {
    var generator = SplitMix64(seed: 5)
    let bytes = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let whole = bytes.withUnsafeBytes { Checksum.of($0) }
    for _ in 0..<200 {
      var checksum = Checksum()
      var position = 0
      while position < bytes.count {
        let end = min(bytes.count, position + Int.random(in: 0...90, using: &generator))
        bytes[position..<end].withUnsafeBytes { checksum.update($0) }
        position = end
      }
      #expect(checksum.value == whole)
    }
  }
}
