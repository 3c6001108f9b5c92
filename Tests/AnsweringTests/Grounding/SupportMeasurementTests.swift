import Answering
import Documents
import Foundation
import Knowledge
import TestSupport
import Testing

/// How well the support check tells sentences with a name or number swapped from sentences as they
/// stand, on XQuAD.
@Suite struct SupportMeasurementTests {
  /// Where a swapped-in name or number comes from.
  enum Swap: CaseIterable {
    /// Another paragraph.
    case foreign
    /// The same paragraph, the harder case: every word of the sentence stands in it.
    case own
  }

  /// A sentence, a version of it that is wrong, and its paragraph.
  private struct Pair {
    var paragraph: String
    var right: String
    var wrong: String
  }

  @Test(
    .enabled(if: SharedData.holds(ReadingSet.path), "needs the shared data"),
    arguments: Swap.allCases
  )
  func swapsInSentencesThatHoldAnAnswer(_ swap: Swap) async throws {
    let pairs = try Self.pairs(swap)
    #expect(pairs.count > 300)
    var judges: [String: SupportJudge] = [:]
    var scores: [(right: SupportVerdict, wrong: SupportVerdict)] = []
    for pair in pairs {
      let passage = PassageFixture.passage(pair.paragraph)
      let judge = judges[pair.paragraph] ?? SupportJudge([passage])
      judges[pair.paragraph] = judge
      let wrong = judge.verdict(on: pair.wrong, by: [0])
      scores.append((right: judge.verdict(on: pair.right, by: [0]), wrong: wrong))
      // The servers of other tests wait for nobody.
      await Task.yield()
    }
    let area = Self.area(above: scores.map(\.wrong.score), scores.map(\.right.score))
    let kept = scores.count(where: \.right.isSupported)
    let missed = scores.count(where: \.wrong.isSupported)
    let figures =
      "\(swap): \(pairs.count) pairs, AUROC \(area), true kept \(kept), swapped taken \(missed)"
    if ProcessInfo.processInfo.environment["ATTUNE_TEST_FIGURES"] != nil { print(figures) }
    #expect(area >= 0.95, "\(figures)")
    #expect(Double(kept) >= 0.95 * Double(pairs.count), "\(figures)")
    #expect(Double(missed) <= (swap == .foreign ? 0.02 : 0.1) * Double(pairs.count), "\(figures)")
  }

  /// The question with its answer behind it stands in for a sentence in other words than the passage's.
  @Test(.enabled(if: SharedData.holds(ReadingSet.path), "needs the shared data"))
  func answersInTheWordsOfTheQuestion() async throws {
    let paragraphs = try ReadingSet.load().paragraphs
    var random = SplitMix64(seed: 23)
    var right: [Double] = []
    var wrong: [Double] = []
    let answers = paragraphs.flatMap(\.qas).compactMap { $0.answers.first?.text }
      .filter { Self.isSwappable($0) }
    for paragraph in paragraphs {
      let judge = SupportJudge([PassageFixture.passage(paragraph.context)])
      for question in paragraph.qas {
        guard let answer = question.answers.first?.text, Self.isSwappable(answer) else { continue }
        let drawn = (0..<200).lazy.compactMap { _ in answers.randomElement(using: &random) }
        let other = drawn.first {
          Self.isNumber($0) == Self.isNumber(answer) && !paragraph.context.contains($0)
        }
        guard let other else { continue }
        let words = question.question.dropLast(question.question.hasSuffix("?") ? 1 : 0)
        right.append(judge.verdict(on: "It is \(answer): \(words)", by: [0]).score)
        wrong.append(judge.verdict(on: "It is \(other): \(words)", by: [0]).score)
      }
      await Task.yield()
    }
    let area = Self.area(above: wrong, right)
    if ProcessInfo.processInfo.environment["ATTUNE_TEST_FIGURES"] != nil {
      print("question with answer: \(right.count) pairs, AUROC \(area)")
    }
    #expect(right.count > 300 && area >= 0.85)
  }

  // MARK: Pairs

  private static func pairs(_ swap: Swap) throws -> [Pair] {
    let paragraphs = try ReadingSet.load().paragraphs
    var random = SplitMix64(seed: swap == .own ? 17 : 5)
    let everywhere = paragraphs.map { candidates(in: $0.context) }
    let all = everywhere.flatMap(\.self)
    var pairs: [Pair] = []
    for (index, paragraph) in paragraphs.enumerated() {
      let indexed = IndexedText(paragraph.context)
      for range in SentenceSplitter.ranges(in: paragraph.context) {
        let holdsAnswer = paragraph.qas.contains { question in
          question.answers.contains { range.contains($0.answerStart) }
        }
        guard holdsAnswer, let sentence = indexed.slice(range) else { continue }
        let own = candidates(in: sentence).filter { isOnce($0, in: sentence) }
        guard let old = own.randomElement(using: &random) else { continue }
        let pool = (swap == .own ? everywhere[index] : all).filter {
          isNumber($0) == isNumber(old)
        }
        let drawn = (0..<40).lazy.compactMap { _ in pool.randomElement(using: &random) }
        let new = drawn.first { other in
          !sentence.contains(other) && !old.contains(other)
            && (swap == .own || !paragraph.context.contains(other))
        }
        guard let new else { continue }
        pairs.append(
          Pair(
            paragraph: paragraph.context,
            right: sentence,
            wrong: sentence.replacing(old, with: new)
          )
        )
      }
    }
    return pairs
  }

  /// Names of one to three capitalised words that do not begin a sentence, and numbers.
  private static func candidates(in text: String) -> [String] {
    let names = text.matches(of: #/[a-z,] ([A-Z][\p{L}]{2,}(?: [A-Z][\p{L}]{2,}){0,2})/#)
      .map { String($0.1) }
    let numbers = text.matches(of: #/\b\d[\d,.]*\d\b|\b\d\b/#).map { String($0.0) }
    return names + numbers
  }

  private static func isOnce(_ part: String, in text: String) -> Bool {
    text.ranges(of: part).count == 1
  }

  private static func isNumber(_ text: String) -> Bool { text.first?.isNumber ?? false }

  private static func isSwappable(_ text: String) -> Bool {
    isNumber(text) || text.split(separator: " ").allSatisfy { $0.first?.isUppercase ?? false }
  }

  /// The share of pairs of a positive and a negative in which the positive scores higher; ties count
  /// half (Mann & Whitney 1947).
  private static func area(above negatives: [Double], _ positives: [Double]) -> Double {
    var sum = 0.0
    for positive in positives {
      for negative in negatives {
        sum += positive > negative ? 1 : positive == negative ? 0.5 : 0
      }
    }
    return sum / Double(max(1, positives.count * negatives.count))
  }
}
