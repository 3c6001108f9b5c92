import Evaluation
import FineTuning
import Foundation
import LanguageModels

/// Measures what an answer model knows from memory, before and after it is tuned on a company's questions.
struct Memory {
  /// The answers of one model, by question.
  struct Recall {
    let answers: [String: String]
  }

  let questions: [Question]

  /// What is trained on.
  var training: [Question] { of(split: "train") }
  /// Facts that are trained in other wordings.
  func known(_ split: String) -> [Question] {
    of(split: split).filter { $0.evaluationProtocol == "known" }
  }
  /// Facts that are not trained.
  func new(_ split: String) -> [Question] {
    of(split: split).filter { $0.evaluationProtocol == "new" }
  }

  private func of(split: String) -> [Question] {
    questions.filter { $0.split == split && isAsked($0) }
  }

  /// A calculation is none for the memory.
  private func isAsked(_ question: Question) -> Bool {
    question.isAnswerable && question.kind != .countSum
  }

  /// Asks a model.
  func recall(_ asked: [Question], of model: AnswerModel) throws -> Recall {
    let settings = AnswerDecoding(margin: .infinity)
    return Recall(
      answers: Dictionary(
        try asked.map {
          ($0.id, try model.recall($0.question, settings: settings).hypotheses.first?.text ?? "")
        },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }

  /// Mean F1 over the words of answers.
  func f1(_ recall: Recall, _ asked: [Question]) -> Double {
    guard !asked.isEmpty else { return 0 }
    let sum = asked.reduce(0) {
      $0 + AnswerMetrics.f1(recall.answers[$1.id] ?? "", accepted: $1.answers)
    }
    return sum / Double(asked.count)
  }

  /// The questions of all wordings of the facts that some questions ask for, by fact; only of facts with
  /// at least three.
  func wordings(of asked: [Question]) -> [[Question]] {
    let facts = Set(asked.compactMap(\.fact))
    return Dictionary(
      grouping: questions.filter { isAsked($0) && $0.fact.map(facts.contains) ?? false },
      by: \.fact
    ).values.filter { $0.count >= 3 }.sorted { $0[0].id < $1[0].id }
  }

  /// The share of facts that are answered alike in all wordings.
  func alike(_ recall: Recall, _ facts: [[Question]]) -> Double {
    guard !facts.isEmpty else { return 0 }
    let alike = facts.count { wordings in
      Set(wordings.map { AnswerMetrics.normalized(recall.answers[$0.id] ?? "") }).count == 1
    }
    return Double(alike) / Double(facts.count)
  }

  /// Tunes, asks before and after, and adds the figures.
  ///
  /// - Parameters:
  ///   - before: the model as it is.
  ///   - tuning: how it is tuned.
  ///   - split: the questions asked: `test`, or `validation` to choose settings.
  ///   - progress: told what is being done.
  ///   - report: what the figures are added to.
  /// - Throws: what the model or its training throws.
  func measure(
    _ before: AnswerModel,
    _ tuning: MemoryTuning,
    split: String,
    progress: (String) -> Void,
    in report: inout ExperimentReport
  ) throws {
    let known = known(split)
    let new = new(split)
    let facts = (known: wordings(of: known), new: wordings(of: new))
    let asked = known + new + (facts.known + facts.new).flatMap(\.self)
    progress("memory: asking \(Set(asked.map(\.id)).count) questions before tuning")
    let first = try recall(asked, of: before)
    progress("memory: tuning on \(training.count) questions")
    let (after, result) = try tuning.train(on: training, progress: progress)
    progress("memory: asking again")
    let second = try recall(asked, of: after)
    let seconds = result.duration / .seconds(1)
    report.note(
      "From memory, before and after tuning: \(known.count) questions on known facts in wordings "
        + "not trained, \(new.count) on new facts",
      [
        ("memory.known-before", "F1 on known facts, before", f1(first, known)),
        ("memory.known-after", "F1 on known facts, after", f1(second, known)),
        ("memory.new-before", "F1 on new facts, before", f1(first, new)),
        ("memory.new-after", "F1 on new facts, after", f1(second, new)),
        ("memory.seconds", "seconds of training", seconds),
        ("memory.alike-before", "known facts answered alike, before", alike(first, facts.known)),
        ("memory.alike-after", "known facts answered alike, after", alike(second, facts.known)),
        (
          "memory.alike-new-before", "new facts answered alike, before", alike(first, facts.new)
        ),
        ("memory.alike-new-after", "new facts answered alike, after", alike(second, facts.new)),
      ]
    )
    report.remarks.append(
      "Tuned on \(training.count) questions: \(result.steps) steps, \(result.tokens) tokens in "
        + "\(Int(seconds.rounded())) s. Alike: \(facts.known.count) known and \(facts.new.count) new "
        + "facts with three wordings or more, equal but for case, punctuation and articles."
    )
  }
}
