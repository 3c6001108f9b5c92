public import Datasets
import LanguageModels
public import Tokenizers

/// Turns examples of questions and answers into what an answer model sees, without passages: for checks,
/// and for a person to look at.
public struct ReadingExampleEncoder: ExampleEncoder {
  /// The most tokens that the model takes.
  public let maximumTokens: Int
  /// The token that ends an answer.
  public let endTokens: Set<Int32>

  private let tokenizer: Tokenizer
  private let encoder: ReadingEncoder

  /// An encoder.
  ///
  /// - Parameters:
  ///   - tokenizer: the base model's.
  ///   - positions: the most tokens of a question, a passage and an answer together.
  /// - Throws: what ``ReadingEncoder`` throws.
  public init(tokenizer: Tokenizer, positions: Int) throws {
    self.tokenizer = tokenizer
    encoder = try ReadingEncoder(tokenizer: tokenizer, positions: positions)
    maximumTokens = positions
    endTokens = [try AnswerTokens(tokenizer).end]
  }

  /// The tokens of a question and its answer.
  ///
  /// - Throws: ``FineTuningError`` with code `invalidExample` if there is no question, or the answer is
  ///   empty or too long.
  public func encode(_ example: Example) throws -> EncodedExample {
    let reading = try encoder.encode(
      question: example.question,
      passage: nil,
      answer: example.answer
    )
    return EncodedExample(
      tokens: reading.prefix + reading.targets,
      isLearnt: reading.prefix.map { _ in false } + reading.targets.map { _ in true }
    )
  }

  /// Tokens as text, special ones included.
  public func text(of tokens: [Int32]) -> String {
    tokenizer.decode(tokens, skipSpecialTokens: false)
  }
}

extension ReadingEncoder {
  /// A question with its answer as tokens.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - passage: the passage to read; nil to answer from memory.
  ///   - answer: the answer; nil where the passage does not hold it.
  /// - Returns: the tokens.
  /// - Throws: ``FineTuningError`` with code `invalidExample` if there is no question, or the answer is
  ///   empty or too long.
  public func encode(
    question: String?,
    passage: String?,
    answer: String?
  ) throws(FineTuningError) -> EncodedReading {
    guard let question, !question.isEmpty else {
      throw FineTuningError(
        .invalidExample,
        "An example has no question.",
        subject: "training data",
        remedy: "Leave it out: an answer model learns answers to questions."
      )
    }
    let reading = encode(
      ReadingExample(question: question, passage: passage, answer: answer, kind: "", source: "")
    )
    guard let reading else {
      throw FineTuningError(
        .invalidExample,
        "The answer to \"\(question.prefix(60))\" is empty, or longer than the \(answerTokens) tokens "
          + "that an answer model writes.",
        subject: "training data",
        remedy: "Give the answer in one short sentence, or leave the example out."
      )
    }
    return reading
  }

  /// The most tokens of an answer.
  var answerTokens: Int { limits.answerTokens }
}
