import Evaluation

/// An arm that is ready for questions.
protocol AnsweringArm: Sendable {
  /// What writes its answers.
  var generator: String { get }

  /// Answers a question.
  func answer(_ question: Question) async throws -> ArmAnswer
}
