/// Keeps answers and what led to them. Declared here; implemented in `Store`.
public protocol TraceStore: Sendable {
  func save(_ record: AnswerRecord) throws
  /// The answer with this identifier, or whose identifier starts so when only one does.
  func answer(_ id: String) throws -> AnswerRecord?
  /// The newest answers, newest first.
  func recentAnswers(limit: Int) throws -> [AnswerRecord]
}
