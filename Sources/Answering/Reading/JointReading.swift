import Foundation
import Knowledge

/// What a reader's readings of several passages say together.
///
/// The same answer of several passages counts together, each passage by how likely it is that its
/// quote holds the answer; what is likeliest then is the answer.
package struct JointReading: Sendable {
  /// The reading of one passage, with what is known of the passage.
  package struct Entry: Sendable {
    package let reading: PassageReading
    /// The logit of the passage's quote.
    package let score: Double
    /// The passage's quote, in Unicode scalars of its text.
    package let quote: Range<Int>
    package let isRow: Bool

    package init(reading: PassageReading, score: Double, quote: Range<Int>, isRow: Bool) {
      self.reading = reading
      self.score = score
      self.quote = quote
      self.isRow = isRow
    }
  }

  /// The answer that the passages agree on.
  package struct Choice: Sendable {
    /// The entry in which it is likeliest.
    package let entry: Int
    package let reply: PassageReading.Reply
    /// Natural logarithm of its probability over all passages.
    package let logProbability: Double
    /// By how much that is above the next other answer's.
    package let lead: Double
    /// How many other passages have it as their first answer.
    package let further: Int
  }

  /// Nil where no passage has an answer.
  package let choice: Choice?
  package let features: ReadingFeatures

  /// Joins readings.
  ///
  /// - Parameters:
  ///   - entries: the passages, that with the best quote first.
  ///   - question: the question.
  ///   - sharpness: how much more a passage with a better quote counts: 0 not at all, 1 as its logit says.
  package init(_ entries: [Entry], question: String, sharpness: Double) {
    let top = entries.map(\.score).max() ?? 0
    let raw = entries.map { exp(sharpness * ($0.score - top)) }
    let total = raw.reduce(0, +)
    let shares = raw.map { $0 / total }
    let groups = Self.groups(entries, shares: shares)
    choice = groups.first.map { best in
      Choice(
        entry: best.entry,
        reply: best.reply,
        logProbability: log(best.probability),
        lead: groups.count > 1 ? log(best.probability / groups[1].probability) : .infinity,
        further: max(0, best.firsts.subtracting([best.entry]).count)
      )
    }
    let nones = entries.map(\.reading.logProbabilityOfNone.probability)
    var features = ReadingFeatures(
      noneAnywhere: entries.isEmpty ? 1 : zip(shares, nones).reduce(0) { $0 + $1.0 * $1.1 },
      leastNone: nones.min() ?? 1
    )
    if let choice {
      features.add(
        choice,
        of: entries[choice.entry],
        question: question,
        bestQuote: choice.entry == 0 ? entries[0].quote : nil
      )
    }
    self.features = features
  }

  private struct Group {
    /// Over all passages.
    var probability: Double
    var entry: Int
    var reply: PassageReading.Reply
    /// What the best reply adds to the probability.
    var share: Double
    /// The entries of which it is the first answer.
    var firsts: Set<Int>
  }

  /// The answers that differ, the likeliest first.
  private static func groups(_ entries: [Entry], shares: [Double]) -> [Group] {
    var order: [String] = []
    var groups: [String: Group] = [:]
    for (index, entry) in entries.enumerated() {
      for (rank, reply) in entry.reading.replies.enumerated() {
        let key = key(of: reply.text)
        let share = shares[index] * reply.logProbability.probability
        guard !key.isEmpty, share > 0 else { continue }
        var group =
          groups[key]
          ?? Group(probability: 0, entry: index, reply: reply, share: 0, firsts: [])
        if groups[key] == nil { order.append(key) }
        group.probability += share
        // Where both say the same, that which can be cited.
        if (reply.isVerbatim ? 1 : 0, share) > (group.reply.isVerbatim ? 1 : 0, group.share) {
          (group.entry, group.reply, group.share) = (index, reply, share)
        }
        if rank == 0 { group.firsts.insert(index) }
        groups[key] = group
      }
    }
    let found = order.compactMap { groups[$0] }
    let ranks = found.indices.sorted {
      (found[$1].probability, $0) < (found[$0].probability, $1)
    }
    return ranks.map { found[$0] }
  }

  private static let articles: Set<String> = ["the", "a", "an"]

  /// Equal for answers that say the same but for case, punctuation and a leading article.
  private static func key(of text: String) -> String {
    let words = QueryTerms.allWords(of: text)
    let rest = words.drop(while: articles.contains)
    return (rest.isEmpty ? words[...] : rest).joined(separator: " ")
  }
}
