/// The plan of an embedder's training: in each step, questions that should find their own passage among
/// those of the step and the hard negatives.
///
/// A pure function of the settings and the step, so that a training resumes without stored state.
public struct RankingPlan: TrainingPlan {
  /// What is learnt.
  public var training: RankingData { steps.data }
  /// What validation runs over.
  public let validation: [RankingBatch]
  /// Tells plans apart.
  public let fingerprint: String

  private let steps: RankingSteps

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
    steps = try RankingSteps(training, negatives: negatives, settings: settings)
    if let validation, !validation.examples.isEmpty {
      let order = RankingOrder(validation.examples, settings: settings)
      self.validation = (0..<order.stepsPerEpoch).flatMap { step in
        Self.batches(of: order.questions(ofStep: step), in: validation, [], settings, epoch: 0)
      }
    } else {
      self.validation = []
    }
    fingerprint = steps.fingerprint("rankings, version 1", validation: validation)
  }

  public var stepsPerEpoch: Int { steps.order.stepsPerEpoch }

  public func batches(ofStep step: Int) -> [RankingBatch] {
    Self.batches(
      of: steps.order.questions(ofStep: step),
      in: steps.data,
      steps.negatives,
      steps.settings,
      epoch: step / stepsPerEpoch
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
