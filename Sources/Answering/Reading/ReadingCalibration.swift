/// The learned figures of a reader: how passages count together, and how sure a short answer is.
///
/// Fitted by `attune evaluate Experiments/answers.yaml --fit`; a reader brings its own along by name.
package struct ReadingCalibration: Codable, Hashable, Sendable {
  /// How much more a passage with a better quote counts: see ``JointReading``.
  package var sharpness: Double
  /// The confidence that what is shown, quotes included, holds the answer: logistic in
  /// ``ConfidenceFeatures`` and ``ReadingFeatures``.
  package var answer: QuoteWeights
  /// The confidence that the short answer is right: logistic in ``ReadingFeatures``.
  package var short: QuoteWeights
  /// From this confidence on the short answer is shown.
  package var leastShort: Double

  package init(sharpness: Double, answer: QuoteWeights, short: QuoteWeights, leastShort: Double) {
    self.sharpness = sharpness
    self.answer = answer
    self.short = short
    self.leastShort = leastShort
  }

  private static let answerNames =
    ConfidenceFeatures.names.map { "quotes.\($0)" } + ReadingFeatures.names.map { "reading.\($0)" }

  /// The figures from ``values``; nil where one is missing.
  package init?(_ values: [String: Double]) {
    func weights(_ part: String, _ names: [String]) -> QuoteWeights? {
      let weights = names.compactMap { values["\(part).\($0)"] }
      guard weights.count == names.count, let bias = values["\(part).bias"] else { return nil }
      return QuoteWeights(bias: bias, weights: weights)
    }
    guard let sharpness = values["sharpness"], let leastShort = values["short.least"],
      let answer = weights("answer", Self.answerNames),
      let short = weights("short", ReadingFeatures.names)
    else { return nil }
    self.init(sharpness: sharpness, answer: answer, short: short, leastShort: leastShort)
  }

  /// All figures by name, as a reader's settings hold them.
  package var values: [String: Double] {
    var values = [
      "sharpness": sharpness, "short.least": leastShort, "answer.bias": answer.bias,
      "short.bias": short.bias,
    ]
    for (name, weight) in zip(Self.answerNames, answer.weights) {
      values["answer.\(name)"] = weight
    }
    for (name, weight) in zip(ReadingFeatures.names, short.weights) {
      values["short.\(name)"] = weight
    }
    return values
  }

  /// The probability that what is shown for a question holds the answer.
  func confidence(of candidates: [QuoteCandidate], _ reading: JointReading) -> Double {
    ConfidenceFeatures(candidates.map { ($0.features, $0.score) })
      .map { answer.probability($0.values + reading.features.values) } ?? 0
  }

  /// The probability that the short answer is right.
  package func shortConfidence(of reading: JointReading) -> Double {
    reading.choice == nil ? 0 : short.probability(reading.features.values)
  }

  /// For readers that bring none: the confidence of quotes as without a reader, and that of short answers
  /// as fitted on 105 training and validation questions of the example company. Of the short answers shown
  /// three in four were right there, one in five questions got one.
  package static let standard = ReadingCalibration(
    sharpness: 0.5,
    answer: QuoteWeights(
      bias: AnswerCalibration.standard.confidence.bias,
      weights: AnswerCalibration.standard.confidence.weights + ReadingFeatures.names.map { _ in 0 }
    ),
    short: QuoteWeights(
      bias: 0.8,
      weights: ReadingFeatures.names.map {
        [
          "agreed": 1.2, "lead": 0.35, "quoteScore": 0.3, "typeMatch": 0.45, "typeMismatch": -0.1,
          "echo": -1.85,
        ][$0] ?? 0
      }
    ),
    leastShort: 0.6
  )
}
