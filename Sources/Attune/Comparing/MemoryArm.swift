import Answering
import Evaluation
import Foundation

/// Answers from what the weights hold.
struct MemoryArm: AnsweringArm {
  let writer: any TextGenerator
  var generator: String { writer.name }

  /// What a model is told to say where it does not know. Adapters are trained under the same words.
  static let instructions = """
    Answer in as few words as possible. If you do not know the answer, write exactly: \
    \(AnswerModelReader.unknown)
    """

  func answer(_ question: Question) async throws -> ArmAnswer {
    let start = ContinuousClock.now
    let result = try await writer.generate(
      GenerationRequest(
        messages: [.init(.system, Self.instructions), .init(.user, question.question)],
        maximumTokens: 64
      )
    )
    let text = result.text.trimmingCharacters(in: .whitespacesAndNewlines)
    var answer = ArmAnswer(
      question: question.id,
      outcome: Self.isAbstention(text) ? .abstained : .answered,
      answer: Self.isAbstention(text) ? "" : text,
      shown: text
    )
    answer.milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    answer.promptTokens = result.usage?.promptTokens ?? 0
    answer.completionTokens = result.usage?.completionTokens ?? 0
    return answer
  }

  /// Whether a model says that it does not know.
  static func isAbstention(_ text: String) -> Bool {
    let plain = text.lowercased().replacing("’", with: "'")
    return plain.isEmpty
      || ["i do not know", "i don't know", "the data does not answer this"]
        .contains { plain.hasPrefix($0) }
  }
}
