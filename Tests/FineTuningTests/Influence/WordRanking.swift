import Foundation

/// BM25 (Robertson & Zaragoza 2009, doi:10.1561/1500000019) with its usual constants: what ranking by
/// shared words finds, to compare with.
struct WordRanking {
  private let counts: [[String: Int]]
  private let lengths: [Double]
  private let rarity: [String: Double]
  private let meanLength: Double

  init(_ texts: [String]) {
    let words = texts.map(Self.words)
    counts = words.map { $0.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    lengths = words.map { Double($0.count) }
    meanLength = lengths.reduce(0, +) / Double(max(1, lengths.count))
    var documents: [String: Int] = [:]
    for count in counts { for word in count.keys { documents[word, default: 0] += 1 } }
    let all = Double(texts.count)
    rarity = documents.mapValues { log(1 + (all - Double($0) + 0.5) / (Double($0) + 0.5)) }
  }

  /// The texts' places, the best match for the query first; equal ones in their order.
  func ranked(_ query: String) -> [Int] {
    let words = Self.words(query)
    let scores = counts.indices.map { text in
      words.reduce(0.0) { sum, word in
        guard let count = counts[text][word], let weight = rarity[word] else { return sum }
        let frequency = Double(count)
        let norm = 1.2 * (0.25 + 0.75 * lengths[text] / meanLength)
        return sum + weight * frequency * 2.2 / (frequency + norm)
      }
    }
    return scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
