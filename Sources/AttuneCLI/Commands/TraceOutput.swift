import Answering
import Attune

/// What `attune trace --json` prints: citations in the shape of `attune ask --json`.
struct TraceOutput: Encodable {
  let id: String
  let createdAt: Double
  let question: String
  let answer: String?
  let citations: [AnswerOutput.CitationOutput]
  let trace: AnswerTrace
  let passageUrls: [String: String]
  let quoteTexts: [String: String]
  /// Absent where the answer is not a tuned generator's, or its tuning recorded no influence.
  let trainingExamples: [TrainingInfluence]?

  init(
    _ view: TraceView,
    in configuration: WorkspaceConfiguration,
    trainingExamples: [TrainingInfluence]?
  ) {
    self.trainingExamples = trainingExamples
    id = view.id
    createdAt = view.createdAt
    question = view.question
    answer = view.answer
    citations = view.citations.map { AnswerOutput.CitationOutput($0, in: configuration) }
    trace = view.trace
    passageUrls = view.passageURLs
    quoteTexts = view.quoteTexts
  }
}
