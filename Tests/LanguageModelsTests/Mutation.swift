import Foundation
import LanguageModels
import TestSupport
import Testing
import Tokenizers

/// Files that have been damaged at random.
enum Mutation {
  /// Damages a file in many ways, each time from the whole one: bytes changed (mostly in the first
  /// `headBytes`, where the structure is), blocks overwritten or taken out, the end cut off. Hands
  /// each to `body`, which must either work or throw one of the errors of models. The full suite does
  /// so a hundred times as often.
  ///
  /// - Returns: how many were refused.
  static func survive(
    _ file: URL,
    seed: UInt64,
    count: Int,
    headBytes: Int,
    _ body: (URL) throws -> Void
  ) throws -> Int {
    let whole = [UInt8](try Data(contentsOf: file))
    let folder = try TemporaryDirectory()
    var random = SplitMix64(seed: seed)
    var refused = 0
    for _ in 0..<count * (TestLength.isFull ? 100 : 1) {
      var bytes = whole
      let head = min(headBytes, bytes.count)
      switch random.next() % 8 {
      case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      case 1:
        let start = Int.random(in: 0..<head, using: &random)
        bytes.removeSubrange(start..<min(bytes.count, start + Int(random.next() % 64)))
      case 2:
        // A number of 64 bits becomes one of the worst.
        let start = Int.random(in: 0..<max(1, head - 8), using: &random)
        let worst: [UInt64] = [0, .max, 1 << 63, 1 << 62, 1 << 32, 1 << 31, 0x7fff_ffff, 65]
        let value = worst[Int(random.next() % UInt64(worst.count))]
        for (index, byte) in withUnsafeBytes(of: value.littleEndian, Array.init).enumerated()
        where start + index < bytes.count {
          bytes[start + index] = byte
        }
      default:
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(
            in: 0..<(random.next() % 8 == 0 ? bytes.count : head),
            using: &random
          )
          // Digits and signs hurt most in JSON.
          let letters = Array("0123456789-[]{}\",:.eE".utf8)
          bytes[place] =
            random.next() % 2 == 0
            ? UInt8.random(in: 0...255, using: &random)
            : letters[Int(random.next() % UInt64(letters.count))]
        }
      }
      let damaged = try folder.write(Data(bytes), to: file.lastPathComponent)
      do {
        try body(damaged)
      } catch is LanguageModelError {
        refused += 1
      } catch is TokenizerError {
        refused += 1
      } catch is ChatTemplateError {
        refused += 1
      }
    }
    return refused
  }
}
