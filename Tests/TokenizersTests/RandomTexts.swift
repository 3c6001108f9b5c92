import Foundation
import TestSupport

/// Random texts, the same as `Scripts/make-token-hashes.py` makes from the same seed.
struct RandomTexts {
  private struct Parts: Decodable {
    var words: [String], spaces: [String], marks: [String], bases: [String], repeated: [String]
    var blocks: [[UInt32]]
  }

  private let parts: Parts
  private let special: [String]
  private var random: SplitMix64

  init(seed: UInt64, special: [String]) throws {
    let file = TestTokenizers.fixtures.appendingPathComponent("random-texts.json")
    parts = try JSONDecoder().decode(Parts.self, from: Data(contentsOf: file))
    self.special = special
    random = SplitMix64(seed: seed)
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  private mutating func picks(_ items: [String], _ count: Int, joinedBy separator: String = "")
    -> String
  {
    (0..<count).map { _ in pick(items) }.joined(separator: separator)
  }

  private mutating func scalars(_ block: [UInt32], _ count: Int) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<count {
      let value = block[0] + UInt32(below(Int(block[1] - block[0] + 1)))
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  mutating func next() -> String {
    var pieces: [String] = []
    for _ in 0..<1 + below(4) {
      switch below(100) {
      case ..<30: pieces.append(picks(parts.words, 1 + below(5), joinedBy: " "))
      case ..<48:
        let count = 1 + below(9)
        pieces.append((0..<count).map { _ in scalars(pick(parts.blocks), 1) }.joined())
      case ..<60:
        let block = pick(parts.blocks)
        pieces.append(scalars(block, 2 + below(9)))
      case ..<70:
        let base = pick(parts.bases)
        pieces.append(base + picks(parts.marks, 1 + below(5)))
      case ..<82: pieces.append(picks(parts.spaces, 1 + below(5)))
      case ..<90: pieces.append(special.isEmpty ? "" : pick(special))
      case ..<98: pieces.append(scalars([0x20, 0x7E], 2 + below(23)))
      default:
        let repeated = pick(parts.repeated)
        pieces.append(String(repeating: repeated, count: 20 + below(150)))
      }
    }
    return pieces.joined(separator: pick(["", "", " "]))
  }
}
