import Foundation

/// The trial's figures as a page.
struct InfluencePage {
  private let outcome: PlantedFactsTrial.Outcome

  init(_ outcome: PlantedFactsTrial.Outcome) { self.outcome = outcome }

  var text: String {
    let named = PlantedFactsTrial.named
    return """
      # influence

      50 facts are each planted once among 1,000 examples, in other words than those of the question \
      about it; invented names and numbers, decoys that share the question's wording and names, and \
      decoys that share its answer. A model of 260,000 parameters (stories260k) is tuned on them with an \
      adapter of rank 16 for 8 epochs. Then each question is traced with its answer.

      Settings were chosen on other seeds. Made by `PlantedFactsTests` with ATTUNE_FULL_TESTS=1.

      ## The planted example among the first \(named)

      | ranking | found | share | 95% interval | median place |
      | ------- | ----: | ----: | -----------: | -----------: |
      \(row("influence", outcome.influence))
      \(row("BM25, question and answer", outcome.words))
      \(row("BM25, answer alone", outcome.answerWords))

      ## Trained again without \(named) examples

      | training | mean loss on the answer |
      | -------- | ----------------------: |
      | on everything | \(mean(outcome.loss)) |
      | without the \(named) named | \(mean(outcome.withoutNamed)) |
      | without the first \(named) by BM25, question and answer | \(mean(outcome.withoutWorded)) |
      | without \(named) at random | \(mean(outcome.withoutRandom)) |

      Without the named ones the loss is higher than without random ones for \(outcome.missed) of \
      \(outcome.loss.count) facts (\(percent(Double(outcome.missed) / Double(outcome.loss.count))), 95% \
      interval \(interval(outcome.missed, outcome.loss.count))). What ten facts name is left out \
      together, and as many random ones; all other examples stay in their steps. Most of the named teach \
      the same answer to the same or another question, and so does the planted one.

      """
  }

  private func row(_ name: String, _ places: [Int]) -> String {
    let found = PlantedFactsTrial.Outcome.found(places)
    let sorted = places.sorted()
    let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2] + 1
    return "| \(name) | \(found) | \(percent(Double(found) / Double(places.count))) | "
      + "\(interval(found, places.count)) | \(median) |"
  }

  private func mean(_ values: [Double]) -> String {
    String(format: "%.3f", values.reduce(0, +) / Double(max(1, values.count)))
  }

  private func percent(_ share: Double) -> String { String(format: "%.0f%%", share * 100) }

  /// Wilson's interval (1927, doi:10.1080/01621459.1927.10502953).
  private func interval(_ hits: Int, _ count: Int) -> String {
    let n = Double(max(1, count))
    let share = Double(hits) / n
    let z = 1.96
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return "\(percent(middle - half)) to \(percent(middle + half))"
  }
}
