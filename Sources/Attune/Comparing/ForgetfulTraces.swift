import Answering

/// Keeps nothing: questions of a comparison are nobody's conversation.
struct ForgetfulTraces: TraceStore {
  func save(_ record: AnswerRecord) {}
  func answer(_ id: String) -> AnswerRecord? { nil }
  func recentAnswers(limit: Int) -> [AnswerRecord] { [] }
}
