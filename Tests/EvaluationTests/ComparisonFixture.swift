import Evaluation
import TestSupport

/// Questions and runs for tests of comparisons.
enum ComparisonFixture {
  static let data = ComparisonData(
    source: "questions.jsonl",
    questions: 0,
    answerable: 0,
    unanswerable: 0,
    clusters: 0
  )

  /// `perDocument` questions on each of `documents`, whose accepted answer is `right`.
  static func questions(
    documents: Int,
    perDocument: Int = 4,
    kind: Question.Kind = .lookup
  ) -> [Question] {
    (0..<documents).flatMap { document in
      (0..<perDocument).map { number in
        Question(
          id: "\(kind.rawValue)-\(document)-\(number)",
          question: "What stands in \(document) at \(number)?",
          answers: ["right"],
          kind: kind,
          fact: "\(kind.rawValue)-\(document)-\(number / 2)",
          places: [Question.Place(document: "d\(document).md", quote: "right")]
        )
      }
    }
  }

  static func arm(_ id: String, tuned: Bool = false) -> Arm {
    Arm(
      id: id,
      title: id.prefix(1).uppercased() + id.dropFirst(),
      kind: .other,
      retrieves: false,
      isTuned: tuned,
      generator: "g"
    )
  }

  static func answer(
    _ question: String,
    isRight: Bool,
    _ outcome: ArmAnswer.Outcome = .answered
  ) -> ArmAnswer {
    let text = isRight ? "right" : "wrong"
    return ArmAnswer(question: question, outcome: outcome, answer: text, shown: text)
  }

  /// A run that answers rightly where `isRight` says so, with one seed for each number in `seeds`.
  static func run(
    _ arm: Arm,
    _ questions: [Question],
    seeds: [UInt64] = [1],
    failure: String? = nil,
    isRight: (_ index: Int, _ question: Question) -> Bool
  ) -> ArmRun {
    var answers: [String: ArmAnswer] = [:]
    for (index, question) in questions.enumerated() {
      answers[question.id] = answer(question.id, isRight: isRight(index, question))
    }
    return ArmRun(
      arm: arm,
      seeds: seeds.map { ArmRun.Seed(seed: $0, answers: answers) },
      resources: ArmResources(),
      failure: failure
    )
  }

  static func report(
    _ questions: [Question],
    _ runs: [ArmRun],
    terms: CompanyTerms? = nil,
    prices: MachinePrices? = nil,
    known: [String: Bool] = [:]
  ) throws -> ComparisonReport {
    try ComparisonReport(
      name: "test",
      created: "2026-11-23T12:00:00Z",
      data: data,
      questions: questions,
      runs: runs,
      terms: terms,
      prices: prices,
      known: known,
      seed: 1
    )
  }
}
