import Answering
public import Datasets
public import Foundation
import Store

extension Workspace {
  /// Puts down what a person says about an answer, in the place of what was said before.
  ///
  /// A good answer's example is kept, a bad one's dropped; a correction becomes an example of its own.
  /// An answer that gave no example, because there was nothing to answer with or its documents are
  /// gone, keeps the judgement alone.
  ///
  /// - Parameters:
  ///   - verdict: The judgement.
  ///   - id: The answer's identifier, or a beginning that no other answer has.
  ///   - time: Seconds since 1970.
  /// - Returns: The answer, and what became of the example that it gave.
  /// - Throws: ``AttuneError`` with code `answerUnknown` or `feedbackInvalid`, or the store's error.
  public func giveFeedback(
    _ verdict: Feedback.Verdict,
    onAnswer id: String,
    at time: Double = Date().timeIntervalSince1970
  ) throws -> FeedbackReceipt {
    let store = try store()
    let record = try Self.answer(id, in: store)
    let dataset = Self.defaultDataset
    let maker = AnswerExample(store: store)
    try withdraw(store.feedback(onAnswer: record.id), from: store)
    var original = try store.example(ofAnswer: record.id, in: dataset)
    if original == nil, let candidate = try maker.candidate(record) {
      try store.add([candidate], to: dataset, at: time)
      original = try store.example(ofAnswer: record.id, in: dataset)
    }
    var feedback = Feedback(answer: record.id, verdict: verdict, createdAt: time)
    var receipt = FeedbackReceipt(answer: record.id, question: record.question)
    func decide(_ state: ExampleState) throws {
      guard let original else { return }
      try store.set(state, ofExamples: [original.id], in: dataset)
      (receipt.example, receipt.state) = (original.id, state)
    }
    switch verdict {
    case .good: try decide(.kept)
    case .bad: try decide(.dropped)
    case .correction(let text):
      let answer = text.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !answer.isEmpty else { throw Self.emptyCorrection(of: record.id) }
      try decide(.dropped)
      let corrected = try maker.correction(
        answer,
        question: original?.example?.question ?? record.question,
        record: record
      )
      let identifier = corrected.example.identifier
      try store.add([corrected], to: dataset, at: time)
      try store.set(.kept, ofExamples: [identifier], in: dataset)
      feedback.verdict = .correction(answer)
      if identifier != original?.id { feedback.example = identifier }
      (receipt.example, receipt.state) = (identifier, .kept)
    }
    try store.save(feedback, in: dataset)
    return receipt
  }

  /// Takes back the example that an earlier correction made.
  private func withdraw(_ feedback: Feedback?, from store: KnowledgeStore) throws {
    guard let example = feedback?.example,
      try store.example(example, in: Self.defaultDataset)?.origin == .feedback
    else { return }
    try store.removeExamples([example], in: Self.defaultDataset)
  }

  private static func emptyCorrection(of answer: String) -> AttuneError {
    AttuneError(
      .feedbackInvalid,
      "The right answer is empty.",
      subject: answer,
      remedy: "Say good, bad, or the right answer in quotation marks."
    )
  }
}
