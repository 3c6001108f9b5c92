public import FineTuning

/// A tuning that is ready to begin or to go on: its examples are read and checked, its model is loaded.
///
/// Made in steps, so that a person can look before time is spent. Runs on the caller's thread.
public protocol Tuning: AnyObject {
  /// The adapter's name.
  var name: String { get }
  /// What the adapter makes better.
  var role: AdapterRecord.Role { get }
  /// How many examples each part has.
  var counts: AdapterRecord.Counts { get }
  /// How many steps the training has, and how many numbers it changes.
  var size: (steps: Int, trained: Int) { get }

  /// What the training will take, from one trial step.
  ///
  /// - Parameter watts: what the machine draws while it computes, for the energy.
  /// - Returns: time, memory and energy.
  /// - Throws: what the trial step throws.
  func estimate(watts: Double?) throws -> TrainingEstimate

  /// Trains, measures and keeps the adapter.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the step that is under way.
  ///   - progress: told what is done.
  /// - Returns: the adapter's record; nil where the training was interrupted and can be resumed.
  /// - Throws: `FineTuningError` where the loss is no number any more or a checkpoint cannot be written,
  ///   and what `progress` throws.
  func run(stop: StopRequest, progress: (TuningPhase) throws -> Void) throws -> AdapterRecord?
}
