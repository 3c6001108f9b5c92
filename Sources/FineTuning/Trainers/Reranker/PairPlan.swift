/// The plan of a reranker's training: in each step, questions with a passage that answers each and some
/// that do not.
///
/// A pure function of the settings and the step, so that a training resumes without stored state.
public struct PairPlan: TrainingPlan {
  /// What is learnt.
  public var training: RankingData { steps.data }
  /// What validation runs over.
  public let validation: [PairBatch]
  /// Tells plans apart.
  public let fingerprint: String

  private let steps: RankingSteps

  /// A plan.
  ///
  /// - Parameters:
  ///   - training: what is learnt.
  ///   - negatives: for each training example passages that look as if they answer it and do not. Where
  ///     there are too few of them, passages drawn at random are added.
  ///   - validation: what it is measured on meanwhile; nil for nothing.
  ///   - validationNegatives: the same for each validation example.
  ///   - settings: how steps are put together; with no negatives for a question one is taken.
  /// - Throws: ``FineTuningError`` if a setting makes no sense, or the negatives are not one list for
  ///   each example.
  public init(
    training: RankingData,
    negatives: [[Int]] = [],
    validation: RankingData? = nil,
    validationNegatives: [[Int]] = [],
    settings: RankingSettings
  ) throws(FineTuningError) {
    steps = try RankingSteps(training, negatives: negatives, settings: settings)
    if let validation, !validation.examples.isEmpty {
      let measured = try RankingSteps(
        validation,
        negatives: validationNegatives,
        settings: settings
      )
      self.validation = Self.batches(
        of: Array(validation.examples.indices),
        in: validation,
        measured.negatives,
        settings,
        epoch: 0
      )
    } else {
      self.validation = []
    }
    fingerprint = steps.fingerprint(
      "pairs, version 2",
      validation: validation,
      validationNegatives
    )
  }

  public var stepsPerEpoch: Int { steps.order.stepsPerEpoch }

  public func batches(ofStep step: Int) -> [PairBatch] {
    Self.batches(
      of: steps.order.questions(ofStep: step),
      in: steps.data,
      steps.negatives,
      steps.settings,
      epoch: step / stepsPerEpoch
    )
  }

  public func tokens(of batch: PairBatch) -> Int { batch.pairs.reduce(0) { $0 + $1.count } }

  private static func batches(
    of examples: [Int],
    in data: RankingData,
    _ negatives: [[Int]],
    _ settings: RankingSettings,
    epoch: Int
  ) -> [PairBatch] {
    var batches: [PairBatch] = []
    var draft = PairBatch(pairs: [], types: [], labels: [])
    var tokens = 0
    for example in examples {
      var generator = RankingOrder.generator(seed: settings.seed, epoch: epoch, example: example)
      guard let positive = data.examples[example].positives.randomElement(using: &generator) else {
        continue
      }
      let wanted = max(1, settings.negativesPerQuestion)
      let mined = negatives.isEmpty ? [] : negatives[example].shuffled(using: &generator)
      // Random ones fill up; a few tries more than needed, as some may answer the question.
      let random = (0..<2 * wanted + 4).compactMap { _ in
        data.passages.indices.randomElement(using: &generator)
      }
      var seen = data.acceptable[example]
      let wrong = (mined + random).filter { seen.insert($0).inserted }.prefix(wanted)
      for (number, label) in [(positive, Float(1))] + wrong.map({ ($0, Float(0)) }) {
        let pair = PairText(question: data.questions[example], passage: data.passages[number])
        if !draft.pairs.isEmpty, tokens + pair.ids.count > settings.tokensPerPass {
          batches.append(draft)
          draft = PairBatch(pairs: [], types: [], labels: [])
          tokens = 0
        }
        draft.pairs.append(pair.ids)
        draft.types.append(pair.types)
        draft.labels.append(label)
        tokens += pair.ids.count
      }
    }
    return draft.pairs.isEmpty ? batches : batches + [draft]
  }
}
