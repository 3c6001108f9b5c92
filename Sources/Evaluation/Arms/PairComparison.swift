/// Two arms on the questions that both were asked.
struct PairComparison {
  let first: ScoredRun
  let second: ScoredRun
  private let difference: MeanDifference
  private let pValue: Double
  private let mcNemarPValue: Double?

  /// Compares ``Measure/right``.
  ///
  /// - Parameters:
  ///   - first: an arm.
  ///   - second: another.
  ///   - questions: those to compare on, answered by both.
  ///   - seed: of a sign-flip test that cannot be exact.
  /// - Throws: ``EvaluationError`` with fewer than two clusters.
  init(_ first: ScoredRun, _ second: ScoredRun, questions: [Question], seed: UInt64) throws {
    self.first = first
    self.second = second
    let pairs = questions.compactMap { question -> PairedSample.Pair? in
      guard let one = first.scores[question.id]?[.right],
        let other = second.scores[question.id]?[.right]
      else { return nil }
      return PairedSample.Pair(cluster: question.cluster, first: one, second: other)
    }
    let sample = try PairedSample(pairs)
    difference = try sample.meanDifference(correction: .bellMcCaffrey)
    pValue = sample.signFlipTest(seed: seed).pValue
    mcNemarPValue =
      pairs.allSatisfy { [0, 1].contains($0.first) && [0, 1].contains($0.second) }
      ? ProportionStatistics.exactMcNemar(
        onlyFirst: pairs.count { $0.first > $0.second },
        onlySecond: pairs.count { $0.first < $0.second }
      ) : nil
  }

  /// Reports on pairs whose tests are corrected together.
  static func reports(_ pairs: [PairComparison], significance: Double = 0.05) -> [PairReport] {
    let corrected = ProportionStatistics.holm(pairs.map(\.pValue))
    return pairs.indices.map { index in
      // Holm holds a pair to α over the number of pairs that are not shown before it.
      let before = pairs.indices.count {
        corrected[$0] < significance && pairs[$0].pValue < pairs[index].pValue
      }
      return pairs[index].report(
        correctedPValue: corrected[index],
        significance: significance,
        size: SampleSize(significance: significance / Double(pairs.count - before))
      )
    }
  }

  private func report(
    correctedPValue: Double,
    significance: Double,
    size: SampleSize
  ) -> PairReport {
    let mean = difference.mean
    let isShown = correctedPValue < significance && mean != 0
    let verdict: PairReport.Verdict =
      isShown ? (mean > 0 ? .firstBetter : .secondBetter) : .notDistinguishable
    var more: (questions: Int, documents: Int)?
    if !isShown, let questions = size.questions(toDetect: mean, given: difference),
      let documents = size.clusters(toDetect: mean, given: difference)
    {
      more = (
        max(1, questions - difference.questions), max(1, documents - difference.clusters)
      )
    }
    let detectable = size.minimalDetectableDifference(difference)
    let sentence = PairSentence(
      first: first,
      second: second,
      difference: difference,
      correctedPValue: correctedPValue,
      verdict: verdict,
      detectable: detectable,
      questionsMore: more?.questions,
      documentsMore: more?.documents
    )
    return PairReport(
      first: first.arm.id,
      second: second.arm.id,
      difference: difference,
      pValue: pValue,
      correctedPValue: correctedPValue,
      mcNemarPValue: mcNemarPValue,
      verdict: verdict,
      minimalDetectableDifference: detectable,
      questionsMore: more?.questions,
      documentsMore: more?.documents,
      isForThisAdapter: first.isForTheseSeeds || second.isForTheseSeeds,
      sentence: sentence.text
    )
  }
}
