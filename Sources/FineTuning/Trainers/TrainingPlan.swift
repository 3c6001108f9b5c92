/// What a training learns from, step by step, and what it is measured on meanwhile.
public protocol TrainingPlan<Batch> {
  /// What one forward and backward pass takes.
  associatedtype Batch

  /// Steps of an epoch, the same for each.
  var stepsPerEpoch: Int { get }
  /// What validation runs over; empty where there is none.
  var validation: [Batch] { get }
  /// Tells plans apart: the data, and how it is ordered and cut.
  var fingerprint: String { get }

  /// The batches of a step, counted from 0 through all epochs: a pure function of the step. Their
  /// gradients are added before the optimizer's step.
  func batches(ofStep step: Int) throws -> [Batch]

  /// How many tokens a batch has, for the speed.
  func tokens(of batch: Batch) -> Int
}
