/// The plan of an answer model's training: each step draws its readings at random, then puts as many
/// through the model at once as fit.
///
/// A pure function of the settings and the step, so that a training resumes without stored state.
public struct ReadingPlan: TrainingPlan {
  /// What validation runs over.
  public let validation: [ReadingBatch]
  /// Tells plans apart.
  public let fingerprint: String

  private let training: [EncodedReading]
  private let order: StepOrder
  private let packer: SequencePacker

  /// Readings that a validation packs together at a time: with more, packing gets no better.
  private static let window = 1024

  /// A plan.
  ///
  /// - Parameters:
  ///   - training: what is learnt.
  ///   - validation: what it is measured on meanwhile; none if empty.
  ///   - settings: how much a step and a pass take, and the seed.
  public init(
    training: [EncodedReading],
    validation: [EncodedReading] = [],
    settings: TrainingSettings
  ) {
    self.training = training
    let packer = SequencePacker(capacity: settings.tokensPerPass)
    self.packer = packer
    order = StepOrder(
      lengths: training.map(\.tokenCount),
      size: settings.stepSize,
      seed: settings.seed
    )
    self.validation = stride(from: 0, to: validation.count, by: Self.window).flatMap { start in
      packer.pack(Array(validation[start..<min(start + Self.window, validation.count)]))
    }
    var fingerprint = Fingerprint()
    fingerprint.add("readings, version 1")
    for readings in [training, validation] {
      fingerprint.add(readings.count)
      for reading in readings { reading.add(to: &fingerprint) }
    }
    self.fingerprint = fingerprint.text
  }

  public var stepsPerEpoch: Int { order.stepsPerEpoch }

  public func batches(ofStep step: Int) -> [ReadingBatch] {
    packer.pack(order.items(ofStep: step).map { training[$0] })
  }

  public func tokens(of batch: ReadingBatch) -> Int { batch.tokenCount }
}

extension SequencePacker {
  fileprivate func pack(_ readings: [EncodedReading]) -> [ReadingBatch] {
    groups(lengths: readings.map(\.tokenCount)).map { group in
      ReadingBatch(group.map { readings[$0] })
    }
  }
}

extension EncodedReading {
  fileprivate func add(to fingerprint: inout Fingerprint) {
    fingerprint.add(prefix)
    fingerprint.add(types.map { Int32(truncatingIfNeeded: $0) })
    fingerprint.add(copyable.lowerBound)
    fingerprint.add(copyable.upperBound)
    fingerprint.add(targets)
    for list in places { fingerprint.add(list.map { Int32(truncatingIfNeeded: $0) }) }
  }
}
