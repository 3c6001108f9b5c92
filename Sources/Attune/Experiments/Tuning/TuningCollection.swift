import FineTuning

/// What an embedder is tuned on, and the held-out questions that it is measured with.
struct TuningCollection {
  let name: String
  /// The passages that the training examples name.
  var passages: [String]
  var training: [RankingExample]
  var validation: TuningSet
  var test: TuningSet
}
