/// Everything that a training goes on from, beside the numbers of its parameters.
struct TrainingState: Equatable, Codable {
  /// Steps taken.
  var step = 0
  /// How it went so far.
  var curve = TrainingCurve()
  /// The best evaluation.
  var best: TrainingCurve.Evaluation?
  /// Evaluations since the best one.
  var evaluationsSinceBest = 0
  /// Seconds so far, over all runs.
  var seconds = 0.0
  /// Tokens learnt from so far.
  var tokens = 0
}
