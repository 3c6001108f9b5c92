import Evaluation
import FineTuning
import Foundation

extension Comparison {
  /// An arm's answers.
  struct Asked {
    var answers: [String: ArmAnswer]
    /// Why the arm stopped answering.
    var failure: String?
  }

  /// After so many questions in a row that an arm cannot answer, it is taken for gone.
  private static let faultsInARow = 3

  /// Asks the questions that the journal does not hold yet; nil where it was stopped.
  ///
  /// - Throws: ``ComparisonStop`` where an answer cannot be kept or `progress` throws.
  func ask(
    _ arm: any AnsweringArm,
    _ asked: [Question],
    journal: ArmJournal,
    tracesTraining: Bool,
    stop: StopRequest,
    progress: (Int, Int) throws -> Void
  ) async throws -> Asked? {
    var result = Asked(answers: journal.answers())
    var faults = 0
    for (index, question) in asked.enumerated() where result.answers[question.id] == nil {
      guard !stop.isMade else { return nil }
      var answer: ArmAnswer
      do {
        answer = try await arm.answer(question)
        faults = 0
      } catch {
        let reason = ErrorDescription(error).reason
        answer = ArmAnswer(question: question.id, outcome: .failed, answer: "", shown: "")
        answer.fault = reason
        faults += 1
        guard faults < Self.faultsInARow else {
          result.failure = "\(faults) questions in a row failed: \(reason)"
          return result
        }
      }
      answer.memory = ProcessMemory.current ?? 0
      if tracesTraining { answer.trainedOn = questions.trained(on: answer.answer) }
      do {
        // A question that failed is asked again when the comparison goes on.
        if answer.outcome != .failed { try journal.append(answer) }
        result.answers[question.id] = answer
        try progress(index + 1, asked.count)
      } catch {
        throw ComparisonStop(cause: error)
      }
    }
    return result
  }
}
