import Datasets

/// The plan of a generator's training: each step draws its examples at random, then packs them.
///
/// Packing comes after drawing, so that it changes how fast a step is and nothing of what it learns.
public struct PackedTrainingPlan: TrainingPlan {
  /// How the training examples were made to fit.
  public let training: FittedExamples
  /// What validation runs over.
  public let validation: [PackedSequence]
  /// Tells plans apart.
  public let fingerprint: String

  private let order: StepOrder
  private let packer: SequencePacker

  /// Examples that a validation packs together at a time: with more, packing gets no better.
  private static let window = 1024

  /// A plan.
  ///
  /// - Parameters:
  ///   - training: what is learnt, made to fit.
  ///   - validation: what it is measured on meanwhile, made to fit; nil for nothing.
  ///   - settings: how much a step and a pass take, and the seed.
  public init(
    training: FittedExamples,
    validation: FittedExamples? = nil,
    settings: TrainingSettings
  ) {
    self.training = training
    let packer = SequencePacker(capacity: settings.tokensPerPass)
    self.packer = packer
    order = StepOrder(
      lengths: training.examples.map(\.tokens.count),
      size: settings.stepSize,
      seed: settings.seed
    )
    let measured = validation?.examples ?? []
    self.validation = stride(from: 0, to: measured.count, by: Self.window).flatMap { start in
      packer.pack(Array(measured[start..<min(start + Self.window, measured.count)]))
    }
    var fingerprint = Fingerprint()
    fingerprint.add("packed sequences, version 1")
    for examples in [training.examples, measured] {
      fingerprint.add(examples.count)
      for example in examples {
        fingerprint.add(example.tokens)
        fingerprint.add(example.isLearnt)
      }
    }
    self.fingerprint = fingerprint.text
  }

  public var stepsPerEpoch: Int { order.stepsPerEpoch }

  public func batches(ofStep step: Int) -> [PackedSequence] {
    packer.pack(order.items(ofStep: step).map { training.examples[$0] })
  }

  public func tokens(of batch: PackedSequence) -> Int { batch.tokens.count }

  /// How full the sequences of the first epoch are, from 0 to 1.
  public func fillRate() -> Double {
    packer.fillRate(of: (0..<stepsPerEpoch).flatMap { batches(ofStep: $0) })
  }
}
