/// Whether training on a dataset would be worthless, and why.
struct Verdict {
  /// Why it would be worthless.
  private(set) var reasons: [String] = []
  /// Findings about the dataset as a whole.
  private(set) var findings: [Finding] = []

  private let context: CheckContext
  private let splits: [DatasetCheck.SplitCount]

  init(_ context: CheckContext, splits: [DatasetCheck.SplitCount]) {
    self.context = context
    self.splits = splits
  }

  /// Draws the conclusion from the checks.
  mutating func judge(similarity: SimilarityCheck, texts: TextCheck, tokens: TokenCheck?) {
    judgeSplits()
    let count = context.examples.count
    guard count > 0 else { return }
    if let tokens {
      if tokens.encodedCount == 0 {
        reasons.append("The model can take none of the \(count) examples.")
      } else if tokens.learningCount + tokens.emptiedCount == 0 {
        reasons.append("No token of any example is learnt.")
      } else if tokens.emptiedCount * 2 > tokens.encodedCount {
        reasons.append(
          """
          \(tokens.emptiedCount) of \(tokens.encodedCount) examples lose everything that is learnt to \
          the limit of \(tokens.lengths.limit ?? 0) tokens.
          """
        )
      } else if tokens.wrongEndCount > 0,
        tokens.wrongEndCount >= tokens.learningCount + tokens.emptiedCount
      {
        reasons.append(
          "No example ends with a token that ends an answer: the model would not learn to stop."
        )
      }
    } else if texts.learningCount == 0 {
      reasons.append("No text of any example is learnt.")
    }
    if count >= 4, count - similarity.repeatedCount <= max(1, count / 20) {
      reasons.append(
        "\(similarity.repeatedCount) of \(count) examples only repeat others."
      )
    }
    judgeLeakage(similarity)
  }

  /// Data is empty, or is split and nothing is left to train on or to look at during training.
  private mutating func judgeSplits() {
    func isEmpty(_ split: Example.Split) -> Bool { !splits.contains { $0.split == split } }
    if context.examples.isEmpty {
      report("The dataset holds no example.", isGrave: true)
      return
    }
    guard splits.contains(where: { $0.split != nil }) else { return }
    if isEmpty(.train) { report("The split to train on is empty.", isGrave: true) }
    if isEmpty(.validation), isEmpty(.test) {
      report("There is no example to validate or test with.", isGrave: false)
    }
  }

  private mutating func judgeLeakage(_ similarity: SimilarityCheck) {
    let leaked = Set(
      similarity.findings.filter { $0.kind == .leakage && $0.severity == .error }
        .flatMap(\.examples)
    )
    for split in [Example.Split.validation, .test] {
      let members = context.examples.indices.filter { context.examples[$0].split == split }
      guard !members.isEmpty, members.allSatisfy(leaked.contains) else { continue }
      reasons.append("Every \(split.rawValue) example also stands in the training split.")
    }
  }

  private mutating func report(_ message: String, isGrave: Bool) {
    if isGrave { reasons.append(message) }
    findings.append(
      context.finding(
        .emptySplit,
        isGrave ? .error : .warning,
        [],
        message,
        remedy: "Import more examples or split the dataset anew."
      )
    )
  }
}
