import Foundation
import Knowledge

/// What speaks for a short answer, seen from the readings of all passages.
package struct ReadingFeatures: Codable, Hashable, Sendable {
  /// Natural logarithm of its probability over all passages, each counted by how likely it is that its
  /// quote holds the answer.
  package var agreed: Double
  /// Natural logarithm of its probability in the passage where it is likeliest.
  package var likelihood: Double
  /// Natural logarithm of the probability, in that passage, that there is no answer.
  package var none: Double
  /// The same over all passages, counted as for `agreed`.
  package var noneAnywhere: Double
  /// The least of any passage.
  package var leastNone: Double
  /// By how much `agreed` is above that of the next other answer, in nats.
  package var lead: Double
  /// How many further passages have it as their first answer, 1 from three on.
  package var further: Double
  /// 1 where it lies within the best quote.
  package var inBestQuote: Double
  /// 1 where it is of the passage with the best quote.
  package var inBestPassage: Double
  /// 1 where it is copied whole.
  package var verbatim: Double
  /// 1 where it is the kind of thing asked for (a figure, a date, a name).
  package var typeMatch: Double
  /// 1 where the question asks for a kind of thing that it is not.
  package var typeMismatch: Double
  /// Share of its words that stand in the question.
  package var echo: Double
  /// 1 from 20 words on.
  package var length: Double
  /// The logit of its passage's quote.
  package var quoteScore: Double
  /// 1 where its passage is a row of a table.
  package var isRow: Double

  /// All, in the order of ``names``.
  package var values: [Double] {
    [
      agreed, likelihood, none, noneAnywhere, leastNone, lead, further, inBestQuote, inBestPassage,
      verbatim, typeMatch, typeMismatch, echo, length, quoteScore, isRow,
    ]
  }

  package static let names = [
    "agreed", "likelihood", "none", "noneAnywhere", "leastNone", "lead", "further", "inBestQuote",
    "inBestPassage", "verbatim", "typeMatch", "typeMismatch", "echo", "length", "quoteScore",
    "isRow",
  ]

  /// Logarithms are cut here: what is less likely is no answer, however much less.
  static let leastLogarithm = -12.0
  private static let greatestLead = 6.0
  private static let longest = 20.0
  private static let manyFurther = 3.0

  /// The features where no passage has an answer, from the probabilities that there is none: over all
  /// passages, and the least of any.
  init(noneAnywhere: Double, leastNone: Double) {
    agreed = Self.leastLogarithm
    likelihood = Self.leastLogarithm
    none = 0
    self.noneAnywhere = max(log(noneAnywhere), Self.leastLogarithm)
    self.leastNone = max(log(leastNone), Self.leastLogarithm)
    lead = 0
    further = 0
    inBestQuote = 0
    inBestPassage = 0
    verbatim = 0
    typeMatch = 0
    typeMismatch = 0
    echo = 0
    length = 0
    quoteScore = 0
    isRow = 0
  }

  /// Takes in the answer chosen.
  mutating func add(
    _ choice: JointReading.Choice,
    of entry: JointReading.Entry,
    question: String,
    bestQuote: Range<Int>?
  ) {
    agreed = max(choice.logProbability, Self.leastLogarithm)
    likelihood = max(choice.reply.logProbability, Self.leastLogarithm)
    none = max(log(entry.reading.logProbabilityOfNone.probability), Self.leastLogarithm)
    lead = min(choice.lead, Self.greatestLead)
    further = min(Double(choice.further) / Self.manyFurther, 1)
    inBestPassage = bestQuote == nil ? 0 : 1
    let lies = choice.reply.copied.allSatisfy { range in
      bestQuote.map { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
        ?? false
    }
    inBestQuote = lies && !choice.reply.copied.isEmpty ? 1 : 0
    verbatim = choice.reply.isVerbatim ? 1 : 0
    quoteScore = entry.score
    isRow = entry.isRow ? 1 : 0

    let words = QueryTerms.allWords(of: choice.reply.text)
    let asked = Set(LightStemmer.stems(of: QueryTerms.allWords(of: question)))
    let held = words.count { asked.contains(LightStemmer.stem($0)) }
    echo = words.isEmpty ? 0 : Double(held) / Double(words.count)
    length = min(Double(words.count) / Self.longest, 1)
    // A word in front, since the first of a sentence says nothing by its capital; here it does.
    let match = AnswerShape(
      "it " + choice.reply.text,
      lowercaseWords: words,
      questionStems: asked
    ).matches(QuestionType(question))
    typeMatch = match == true ? 1 : 0
    typeMismatch = match == false ? 1 : 0
  }
}
