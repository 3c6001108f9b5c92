import Kernels

extension TrainableEncoder {
  /// The vectors of some texts: the mean of each text's tokens or its first token, of length 1.
  func vectors(_ texts: [[Int32]], takesFirstToken: Bool = false, _ tape: Tape) throws -> Variable {
    let (hidden, segments) = try hidden(texts, tape)
    let pooled =
      try takesFirstToken
      ? tape.rows(hidden, segments.map(\.lowerBound)) : tape.mean(hidden, segments: segments)
    return try tape.unitRows(pooled)
  }

  /// The sum of the losses of questions that should be closer to their own passage than to others, with
  /// the gradient of scale · sum added to the parameters' gradients where `scale` is given.
  ///
  /// - Parameters:
  ///   - questions: tokens of each question.
  ///   - passages: tokens of each question's passage, in the same order; then further passages that
  ///     answer none of them.
  ///   - excluded: for each question the passages that answer it too, so that they do not count as
  ///     negatives; none if empty.
  ///   - temperature: what the scores, cosines, are divided by.
  ///   - takesFirstToken: whether a text's vector is that of its first token, not the mean of all.
  ///   - scale: the factor on the gradient.
  /// - Returns: the sum, without the factor.
  /// - Throws: ``FineTuningError`` if a text is too long or a token is outside the vocabulary.
  package func rankingLoss(
    questions: [[Int32]],
    passages: [[Int32]],
    excluded: [Set<Int>],
    temperature: Float,
    takesFirstToken: Bool = false,
    scale: Double?
  ) throws -> LossSum {
    let tape = tape(isRecording: scale != nil)
    let sum = try tape.ranking(
      vectors(questions, takesFirstToken: takesFirstToken, tape),
      vectors(passages, takesFirstToken: takesFirstToken, tape),
      scale: 1 / temperature,
      excluded: excluded,
      weight: scale ?? 1
    )
    try tape.runBack()
    return LossSum(sum: sum, count: questions.count)
  }

  /// The sum of the losses of pairs of question and passage, each labelled 1 where the passage answers
  /// the question and 0 where it does not, with the gradient of scale · sum added to the parameters'
  /// gradients where `scale` is given.
  ///
  /// - Parameters:
  ///   - pairs: tokens of each pair, special tokens included.
  ///   - types: the token types of each pair: 0 for the question, 1 for the passage.
  ///   - labels: one for each pair.
  ///   - scale: the factor on the gradient.
  /// - Returns: the sum, without the factor.
  /// - Throws: ``FineTuningError`` if the model has no head, a pair is too long or a token is outside the
  ///   vocabulary.
  package func pairLoss(
    _ pairs: [[Int32]],
    types: [[Int]],
    labels: [Float],
    scale: Double?
  ) throws -> LossSum {
    guard let head else {
      throw FineTuningError(
        .unsuitableModel,
        "The model was not made to score pairs.",
        subject: "model",
        remedy: "Train it as a reranker."
      )
    }
    let tape = tape(isRecording: scale != nil)
    let (hidden, segments) = try hidden(pairs, types: types, tape)
    let scores = try head.scores(hidden, segments: segments, tape)
    let sum = try tape.binaryCrossEntropy(scores, labels: labels, scale: scale ?? 1)
    try tape.runBack()
    return LossSum(sum: sum, count: pairs.count)
  }
}
