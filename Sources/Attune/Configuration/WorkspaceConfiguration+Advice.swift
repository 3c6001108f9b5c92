import Evaluation

extension WorkspaceConfiguration {
  /// The standard weights of an advice with those that `advice:` sets.
  static func advice(
    _ weights: [String: Double]?,
    invalid: (String, String) -> AttuneError
  ) throws -> AdviceWeights {
    do {
      return try .standard.changing(weights ?? [:])
    } catch let error as EvaluationError {
      throw invalid("Setting advice cannot be used: \(error.message)", error.remedy)
    }
  }
}
