import Foundation

/// What a reader of a comparison should know besides its figures.
struct ComparisonRemarks {
  let arms: [ScoredRun]
  let asked: [Question]
  let common: CommonQuestions
  let kinds: [KindReport]

  var texts: [String] { arms.flatMap(faults) + size + apart + smallKinds }

  private func faults(of arm: ScoredRun) -> [String] {
    var texts: [String] = []
    let title = arm.arm.title
    if let failure = arm.run.failure {
      texts.append(
        arm.scores.isEmpty
          ? "\(title) answered nothing and is not compared: \(Self.sentence(failure))"
          : "\(title) ended after \(arm.scores.count) of "
            + "\(PairSentence.count(asked.count, "question")), and is compared on those: "
            + Self.sentence(failure)
      )
    } else if arm.scores.count < asked.count {
      texts.append(
        "\(title) answered \(arm.scores.count) of \(PairSentence.count(asked.count, "question"))."
      )
    }
    let failed = asked.flatMap { arm.answers(to: $0) }.filter { $0.outcome == .failed }
    if let first = failed.first {
      let reason = first.fault.map { ", the first with: \(Self.sentence($0))" } ?? "."
      texts.append(
        "\(title) failed on \(PairSentence.count(failed.count, "answer")), counted as wrong"
          + reason
      )
    }
    return texts
  }

  /// What so few questions or documents cannot show.
  private var size: [String] {
    let clusters = Set(common.questions.map(\.cluster)).count
    guard common.arms.count >= 2, clusters > 0 else { return [] }
    if clusters == 1 {
      return [
        "All questions are about one document, so nothing says how documents vary: there are no "
          + "intervals and no verdicts. Ask about ten documents or more."
      ]
    }
    let pairs = common.couples.count - common.couplesApart.count
    // Flipping signs of so few documents gives no smaller p value than that of one pattern in all.
    let smallest = min(1, 2 * pow(0.5, Double(clusters)) * Double(pairs))
    if smallest >= 0.05 {
      return [
        "The questions are about \(clusters) documents only. With \(pairs) "
          + "\(pairs == 1 ? "pair" : "pairs") of arms no difference can be shown on so few, however "
          + "large it is; figures and intervals are descriptions. Ask about ten documents or more."
      ]
    }
    guard clusters < 10 else { return [] }
    return [
      "The questions are about \(clusters) documents only: large differences can be shown, small "
        + "ones cannot, and the intervals are rough."
    ]
  }

  private var apart: [String] {
    guard Set(common.questions.map(\.cluster)).count > 1 else { return [] }
    return common.couplesApart.map { first, second in
      "\(first.arm.title) and \(second.arm.title) are not compared: the questions that both answered "
        + "are about fewer than two documents."
    }
  }

  private var smallKinds: [String] {
    let small = kinds.filter { $0.questions < ComparisonReport.questionsPerKind }
    guard !small.isEmpty, common.arms.count >= 2 else { return [] }
    let names = small.map { "\($0.kind) (\($0.questions))" }.joined(separator: ", ")
    return [
      "Kinds with fewer than \(ComparisonReport.questionsPerKind) questions are not compared by "
        + "themselves: \(names)."
    ]
  }

  /// A text that ends as a sentence does.
  private static func sentence(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.last.map { ".!?…".contains($0) } == true ? trimmed : trimmed + "."
  }
}
