/// Cuts the part of a text around an answer, at the ends of sentences, short enough to be read at once.
struct PassageWindow: Sendable {
  /// What was cut out around an answer, and where that starts in it, in Unicode scalars.
  typealias Cut = (passage: String, start: Int, answer: String)

  /// The most word pieces of a passage, as far as they can be told from the words.
  var limit = 220

  /// About how many word pieces a word makes: long and foreign words and punctuation make more.
  static func cost(_ word: ReadingText.Word) -> Int {
    let marks = word.range.count - word.core.count
    let isASCII = word.text.utf8.count == word.core.count
    let isNumeric = word.isNumeric
    let long = max(0, word.core.count - 1) / (isNumeric ? 3 : isASCII ? 8 : 4)
    return 1 + marks + long
  }

  /// The passage around an answer.
  ///
  /// - Parameters:
  ///   - answer: Where the answer stands in the text, in Unicode scalars.
  ///   - text: The whole text.
  ///   - skipped: A sentence to leave out.
  ///   - random: Draws on which sides sentences are added.
  /// - Returns: Nil where the sentence of the answer is longer than a window.
  func around(
    _ answer: Range<Int>,
    in text: ReadingText,
    skipping skipped: Int? = nil,
    using random: inout SeededGenerator
  ) -> Cut? {
    guard
      let home = text.sentences.firstIndex(where: {
        let range = text.whole($0)
        return range.lowerBound <= answer.lowerBound && answer.upperBound <= range.upperBound
      }), home != skipped
    else { return nil }
    let (sentences, start) = sentences(around: home, in: text, skipping: skipped, using: &random)
    guard !sentences.isEmpty else { return nil }
    let passage = sentences.map { text.text(of: text.whole(text.sentences[$0])) }
      .joined(separator: " ")
    let offset = start + answer.lowerBound - text.whole(text.sentences[home]).lowerBound
    return (passage, offset, text.text(of: answer))
  }

  /// A part of the text around a sentence, or any.
  func part(
    of text: ReadingText,
    around home: Int,
    skipping skipped: Int? = nil,
    using random: inout SeededGenerator
  ) -> String {
    sentences(around: home, in: text, skipping: skipped, using: &random).sentences
      .map { text.text(of: text.whole(text.sentences[$0])) }.joined(separator: " ")
  }

  private func sentences(
    around home: Int,
    in text: ReadingText,
    skipping skipped: Int?,
    using random: inout SeededGenerator
  ) -> (sentences: [Int], start: Int) {
    let costs = text.sentences.map { text.words[$0].reduce(0) { $0 + Self.cost($1) } }
    guard costs.indices.contains(home), costs[home] <= limit else { return ([], 0) }
    var total = costs[home]
    var low = home
    var high = home + 1
    // Sides are drawn at random, so that the answer stands at any place.
    let bias = random.unit()
    var canLower = true
    var canRaise = true
    while canLower || canRaise {
      let isLower = canLower && (!canRaise || random.unit() < bias)
      if isLower {
        let cost = low > 0 ? (low - 1 == skipped ? 0 : costs[low - 1]) : 0
        canLower = low > 0 && total + cost <= limit
        if canLower {
          low -= 1
          total += cost
        }
      } else {
        let cost = high < costs.count ? (high == skipped ? 0 : costs[high]) : 0
        canRaise = high < costs.count && total + cost <= limit
        if canRaise {
          high += 1
          total += cost
        }
      }
    }
    let kept = (low..<high).filter { $0 != skipped }
    let start = kept.prefix { $0 < home }.reduce(0) {
      $0 + text.whole(text.sentences[$1]).count + 1
    }
    return (kept, start)
  }
}
