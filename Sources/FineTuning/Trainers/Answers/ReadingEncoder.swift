public import Datasets
import LanguageModels
public import Tokenizers

/// Turns examples for an answer model into tokens.
public struct ReadingEncoder: Sendable {
  private let tokenizer: Tokenizer
  private let tokens: AnswerTokens
  let limits: AnswerLimits

  /// An encoder.
  ///
  /// - Parameters:
  ///   - tokenizer: the base model's.
  ///   - positions: the most tokens of a question, a passage and an answer together; at least 16.
  /// - Throws: `LanguageModelError` if the vocabulary lacks a token that answer models need;
  ///   ``FineTuningError`` if there are too few positions.
  public init(tokenizer: Tokenizer, positions: Int) throws {
    guard positions >= AnswerLimits.fewestPositions else {
      throw FineTuningError(
        .invalidSettings,
        "With \(positions) tokens there is no room for question, passage and answer.",
        subject: "maximum tokens",
        remedy: "Give at least \(AnswerLimits.fewestPositions)."
      )
    }
    self.tokenizer = tokenizer
    tokens = try AnswerTokens(tokenizer)
    limits = AnswerLimits(positions: positions)
  }

  /// An example as tokens.
  ///
  /// Where a passage is longer than a window, the window with the answer is taken. The answer may be copied
  /// from each place where its tokens stand; where the example does not say that it stands in the
  /// passage and it does not, it is written.
  ///
  /// - Parameter example: what is to be learnt.
  /// - Returns: nil where the answer is empty or too long to be written, or no window holds it whole.
  public func encode(_ example: ReadingExample) -> EncodedReading? {
    guard let passage = example.passage else {
      guard let answer = example.answer.map({ ids(of: $0) }), fits(answer) else { return nil }
      return reading(
        AnswerPrompt(
          question: example.question,
          tokenizer: tokenizer,
          tokens: tokens,
          limits: limits
        ),
        answer,
        places: []
      )
    }
    let windows = AnswerPrompt.windows(
      question: example.question,
      passage: passage,
      tokenizer: tokenizer,
      tokens: tokens,
      limits: limits
    )
    guard let answer = example.answer else { return windows.first.map { reading($0) } }
    let written = ids(of: answer)
    for window in windows {
      var wanted = written
      if let start = example.start {
        let place = window.positions(within: start..<start + answer.unicodeScalars.count)
        // What stands in the passage counts, should it be cut into tokens differently there.
        guard !place.isEmpty else { continue }
        wanted = Array(window.ids[place])
      }
      let places = window.occurrences(of: wanted)
      guard !places.isEmpty, fits(wanted) else { continue }
      return reading(window, wanted, places: places)
    }
    guard example.start == nil, fits(written), let window = windows.first else { return nil }
    return reading(window, written, places: [])
  }

  private func ids(of answer: String) -> [Int32] {
    tokenizer.ids(of: answer, addSpecialTokens: false, recognizesSpecialTokens: false)
  }

  private func fits(_ answer: [Int32]) -> Bool {
    !answer.isEmpty && answer.count <= limits.answerTokens
  }

  /// "Not in the data".
  private func reading(_ prompt: AnswerPrompt) -> EncodedReading {
    EncodedReading(
      prefix: prompt.ids,
      types: prompt.types,
      copyable: prompt.copyable,
      start: tokens.start,
      targets: [tokens.none],
      places: [[]]
    )
  }

  private func reading(
    _ prompt: AnswerPrompt,
    _ answer: [Int32],
    places: [Int]
  ) -> EncodedReading {
    EncodedReading(
      prefix: prompt.ids,
      types: prompt.types,
      copyable: prompt.copyable,
      start: tokens.start,
      targets: answer + [tokens.end],
      places: answer.indices.map { index in places.map { $0 + index } } + [[]]
    )
  }
}

extension AnswerPrompt {
  /// Where in the prefix some tokens stand in the passage as whole words, one behind the other.
  fileprivate func occurrences(of wanted: [Int32]) -> [Int] {
    guard !wanted.isEmpty, wanted.count <= copyable.count else { return [] }
    return (0...copyable.count - wanted.count).filter { index in
      startsWord[index] && endsWord[index + wanted.count - 1]
        && ids[copyable.lowerBound + index..<copyable.lowerBound + index + wanted.count]
          .elementsEqual(wanted)
    }.map { copyable.lowerBound + $0 }
  }
}
