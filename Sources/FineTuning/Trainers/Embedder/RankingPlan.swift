/// The plan of an embedder's training: in each step, questions that should find their own passage among
/// those of the step and the hard negatives.
///
/// A pure function of the settings and the step, so that a training resumes without stored state.
public struct RankingPlan: TrainingPlan {
  /// What is learnt.
  public let training: RankingData
  /// What validation runs over.
  public let validation: [RankingBatch]
  /// Tells plans apart.
  public let fingerprint: String

  private let negatives: [[Int]]
  private let settings: RankingSettings
  private let order: RankingOrder

  /// A plan.
  ///
  /// - Parameters:
  ///   - training: what is learnt.
  ///   - negatives: for each training example passages that look as if they answer it and do not; none
  ///     if empty. Those that are known to answer it are passed over.
  ///   - validation: what it is measured on meanwhile; nil for nothing.
  ///   - settings: how steps are put together.
  /// - Throws: ``FineTuningError`` if a setting makes no sense, or the negatives are not one list for
  ///   each example.
  public init(
    training: RankingData,
    negatives: [[Int]] = [],
    validation: RankingData? = nil,
    settings: RankingSettings
  ) throws(FineTuningError) {
    try settings.validate()
    let fits = negatives.allSatisfy { $0.allSatisfy(training.passages.indices.contains) }
    guard negatives.isEmpty || negatives.count == training.examples.count, fits else {
      throw FineTuningError(
        .invalidExample,
        "The hard negatives do not belong to these examples.",
        subject: "hard negatives",
        remedy: "Mine them on the same examples and passages."
      )
    }
    self.training = training
    self.negatives = negatives
    self.settings = settings
    order = RankingOrder(training.examples, settings: settings)
    if let validation, !validation.examples.isEmpty {
      let order = RankingOrder(validation.examples, settings: settings)
      self.validation = (0..<order.stepsPerEpoch).flatMap { step in
        Self.batches(of: order.questions(ofStep: step), in: validation, [], settings, epoch: 0)
      }
    } else {
      self.validation = []
    }
    var fingerprint = Fingerprint()
    fingerprint.add("rankings, version 1")
    for number in [
      settings.questionsPerStep, settings.questionsPerGroup, settings.negativesPerQuestion,
      settings.tokensPerPass, Int(truncatingIfNeeded: settings.seed),
    ] { fingerprint.add(number) }
    for data in [training, validation].compactMap(\.self) { data.add(to: &fingerprint) }
    for list in negatives { fingerprint.add(list.map { Int32(truncatingIfNeeded: $0) }) }
    self.fingerprint = fingerprint.text
  }

  public var stepsPerEpoch: Int { order.stepsPerEpoch }

  public func batches(ofStep step: Int) -> [RankingBatch] {
    Self.batches(
      of: order.questions(ofStep: step),
      in: training,
      negatives,
      settings,
      epoch: step / order.stepsPerEpoch
    )
  }

  public func tokens(of batch: RankingBatch) -> Int {
    (batch.questions + batch.passages).reduce(0) { $0 + $1.count }
  }

  private static func batches(
    of examples: [Int],
    in data: RankingData,
    _ negatives: [[Int]],
    _ settings: RankingSettings,
    epoch: Int
  ) -> [RankingBatch] {
    var batches: [RankingBatch] = []
    var draft = RankingDraft()
    for example in examples {
      var generator = RankingOrder.generator(seed: settings.seed, epoch: epoch, example: example)
      guard let positive = data.examples[example].positives.randomElement(using: &generator) else {
        continue
      }
      let wrong =
        negatives.isEmpty
        ? []
        : negatives[example].filter { !data.acceptable[example].contains($0) }
          .shuffled(using: &generator).prefix(settings.negativesPerQuestion)
      let tokens =
        data.questions[example].count + data.passages[positive].count
        + wrong.reduce(0) { $0 + data.passages[$1].count }
      if !draft.isEmpty, draft.tokens + tokens > settings.tokensPerPass {
        batches.append(draft.batch(in: data))
        draft = RankingDraft()
      }
      draft.add(example, positive: positive, negatives: Array(wrong), tokens: tokens)
    }
    return draft.isEmpty ? batches : batches + [draft.batch(in: data)]
  }
}

extension RankingData {
  func add(to fingerprint: inout Fingerprint) {
    fingerprint.add(questions.count)
    for (question, example) in zip(questions, examples) {
      fingerprint.add(question)
      fingerprint.add(example.positives.map { Int32(truncatingIfNeeded: $0) })
      fingerprint.add(example.undecided.sorted().map { Int32(truncatingIfNeeded: $0) })
      fingerprint.add(example.group)
    }
    fingerprint.add(passages.count)
    for passage in passages { fingerprint.add(passage) }
  }
}
