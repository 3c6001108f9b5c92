import Answering
import Evaluation

/// Answers from passages of the documents, as `attune ask` does.
struct PassageArm: AnsweringArm {
  let answerer: Answerer
  let generator: String

  func answer(_ question: Question) async throws -> ArmAnswer {
    let found = try await answerer.answer(question.question) { _ in }
    if let fault = found.readerFault { throw fault }
    var answer = ArmAnswer(
      question: question.id,
      outcome: ArmAnswer.Outcome(found.outcome),
      answer: found.outcome == .answered ? Self.briefly(found) : "",
      shown: found.text
    )
    answer.confidence = found.confidence
    answer.citations = found.citations.filter(\.verified).map(ArmAnswer.Place.init)
    if found.outcome == .answered {
      answer.supported =
        found.sentences.isEmpty
        ? (answer.citations.isEmpty ? 0 : 1)
        : Double(found.sentences.count(where: \.isSupported)) / Double(found.sentences.count)
    }
    answer.milliseconds = found.timings.total
    answer.promptTokens = found.promptTokens
    answer.completionTokens = found.completionTokens
    return answer
  }

  /// The answer in as few words as there are: the short one, what a generator wrote without its
  /// markers, or else all quotes, which are then the answer.
  private static func briefly(_ answer: Answer) -> String {
    if let short = answer.shortAnswer { return short.text }
    if !answer.sentences.isEmpty {
      return answer.sentences.map(\.text).joined(separator: " ")
    }
    return answer.citations.map(\.quote).joined(separator: "\n")
  }
}
