import Foundation

/// Finds passages that share rare words with a question: the ones that look as if they answered it.
struct WordOverlap: Sendable {
  private var postings: [String: [Int]] = [:]
  private let count: Int
  /// Words in more passages than this tell nothing.
  private let common: Int

  init(_ passages: [String]) {
    count = passages.count
    common = max(50, passages.count / 20)
    for (index, passage) in passages.enumerated() {
      for word in Self.words(passage) { postings[word, default: []].append(index) }
    }
  }

  /// The nearest passages, best first, by the summed rarity of shared words.
  func nearest(to text: String, limit: Int) -> [Int] {
    var scores: [Int: Double] = [:]
    for word in Self.words(text).sorted() {
      guard let places = postings[word], places.count <= common else { continue }
      let weight = log(Double(count + 1) / Double(places.count))
      for place in places { scores[place, default: 0] += weight }
    }
    return scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
  }

  private static func words(_ text: String) -> Set<String> {
    Set(
      NormalizedWording.of(text).split(separator: " ").map(String.init)
        .filter { $0.count > 2 && !EnglishWords.functionWords.contains($0) }
    )
  }
}
