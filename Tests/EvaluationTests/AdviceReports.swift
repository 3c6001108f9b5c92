import Evaluation

/// Hand-made reports to advise on.
enum AdviceReports {
  /// What is said of one arm.
  struct Known {
    var right: Double
    var source = 0.0
    var milliseconds = 400.0
    var training = 0.0
    var indexing = 0.0
    /// Right on changed facts after a sync.
    var afterSync: Double?
    var failure: String?
    var answered = 120
  }

  static let base = Arm(
    id: "base",
    title: "Base",
    kind: .base,
    retrieves: false,
    isTuned: false,
    generator: "attune-answer"
  )
  static let retrieval = Arm(
    id: "retrieval",
    title: "Retrieval",
    kind: .retrieval,
    retrieves: true,
    isTuned: false,
    generator: "attune-answer"
  )
  static let fineTuned = Arm(
    id: "fine-tuned",
    title: "Fine-tuned",
    kind: .fineTuned,
    retrieves: false,
    isTuned: true,
    generator: "attune-answer + compare-fine-tuned-0"
  )
  static let both = Arm(
    id: "both",
    title: "Fine-tuned + retrieval",
    kind: .both,
    retrieves: true,
    isTuned: true,
    generator: "attune-answer + compare-both-0"
  )

  /// A report of these arms.
  ///
  /// - Parameters:
  ///   - arms: each with what is known of it.
  ///   - better: pairs of identifiers, the first shown to be better.
  ///   - questionsMore: what would settle pairs that are not shown.
  ///   - changesPerDay: the user's rate.
  /// - Returns: the report.
  static func report(
    _ arms: [(Arm, Known)],
    better: [(String, String)],
    questionsMore: Int? = 300,
    changesPerDay: Double? = 1
  ) -> ComparisonReport {
    var pairs: [PairReport] = []
    for (index, first) in arms.enumerated() {
      for second in arms[(index + 1)...] {
        let ids = (first.0.id, second.0.id)
        let verdict: PairReport.Verdict =
          better.contains { $0 == ids }
          ? .firstBetter
          : better.contains { $0 == (ids.1, ids.0) } ? .secondBetter : .notDistinguishable
        pairs.append(pair(ids, first.1.right - second.1.right, verdict, questionsMore))
      }
    }
    let fresh = arms.compactMap { arm, known in known.afterSync.map { freshness(arm, known, $0) } }
    var report = ComparisonReport(
      name: "handmade",
      created: "2025-05-01T12:00:00Z",
      data: ComparisonData(
        source: "questions.jsonl",
        questions: 120,
        answerable: 110,
        unanswerable: 10,
        clusters: 26,
        trainingSource: "dataset main",
        trainingExamples: 400,
        changesPerDay: changesPerDay
      ),
      arms: arms.map { armReport($0, $1) },
      pairs: pairs,
      kinds: [],
      questions: []
    )
    if !fresh.isEmpty {
      report.freshness = FreshnessReport(
        questions: 30,
        documents: 8,
        arms: fresh,
        curve: [],
        answersPerDay: 1000,
        breakEvenChangesPerDay: 0.4,
        changesPerDay: changesPerDay
      )
    }
    return report
  }

  private static func pair(
    _ arms: (String, String),
    _ difference: Double,
    _ verdict: PairReport.Verdict,
    _ questionsMore: Int?
  ) -> PairReport {
    let isShown = verdict != .notDistinguishable
    let standardError = isShown ? abs(difference) / 4 : max(abs(difference), 0.05)
    let measured = MeanDifference(
      mean: difference,
      standardError: standardError,
      confidence: 0.95,
      lower: difference - 2 * standardError,
      upper: difference + 2 * standardError,
      degreesOfFreedom: 25,
      pValue: isShown ? 0.0005 : 0.4,
      questions: 120,
      clusters: 26
    )
    return PairReport(
      first: arms.0,
      second: arms.1,
      difference: measured,
      pValue: isShown ? 0.0004 : 0.4,
      correctedPValue: isShown ? 0.0021 : 0.8,
      mcNemarPValue: nil,
      verdict: verdict,
      minimalDetectableDifference: 0.15,
      questionsMore: isShown ? nil : questionsMore,
      documentsMore: isShown ? nil : questionsMore.map { $0 / 5 },
      isForThisAdapter: false,
      sentence: ""
    )
  }

  private static func armReport(_ arm: Arm, _ known: Known) -> ArmReport {
    var resources = ArmResources()
    resources.trainingSeconds = known.training
    resources.indexingSeconds = known.indexing
    return ArmReport(
      arm: arm,
      seeds: [0],
      answered: known.answered,
      failure: known.failure,
      measures: known.answered > 0 ? [Measure.right.rawValue: share(known.right)] : [:],
      transparency: .init(source: known.source, training: 0, neither: 1 - known.source),
      cost: .init(
        medianMilliseconds: known.milliseconds,
        p95Milliseconds: known.milliseconds * 2,
        promptTokens: 100,
        completionTokens: 10,
        resources: resources
      )
    )
  }

  private static func freshness(
    _ arm: Arm,
    _ known: Known,
    _ right: Double
  ) -> FreshnessReport.ArmFreshness {
    FreshnessReport.ArmFreshness(
      arm: arm.id,
      atOnce: share(0),
      afterSync: share(right),
      afterRetraining: nil,
      stale: share(1 - right),
      syncSeconds: 2,
      retrainingSeconds: known.training > 0 ? known.training : nil,
      secondsToDate: nil,
      cost: nil
    )
  }

  static func share(_ mean: Double) -> MeasuredShare {
    MeasuredShare(
      mean: mean,
      interval: Interval(lower: mean - 0.08, upper: mean + 0.08, confidence: 0.95),
      questions: 120,
      clusters: 26
    )
  }

  /// The usual outcome: with documents far more is right, is new and has a source.
  static func usual() -> ComparisonReport {
    report(
      [
        (base, Known(right: 0.08, milliseconds: 150, afterSync: 0.02)),
        (
          retrieval,
          Known(right: 0.62, source: 0.97, milliseconds: 420, indexing: 20, afterSync: 0.9)
        ),
        (fineTuned, Known(right: 0.31, milliseconds: 150, training: 900, afterSync: 0.05)),
        (
          both,
          Known(
            right: 0.66,
            source: 0.96,
            milliseconds: 430,
            training: 1200,
            indexing: 20,
            afterSync: 0.88
          )
        ),
      ],
      better: [
        ("retrieval", "base"), ("both", "base"), ("fine-tuned", "base"),
        ("retrieval", "fine-tuned"), ("both", "fine-tuned"),
      ]
    )
  }

  /// All arms about as good, and alike in all else.
  static func alike() -> ComparisonReport {
    report(
      [
        (both, Known(right: 0.55)), (fineTuned, Known(right: 0.51)),
        (retrieval, Known(right: 0.48)), (base, Known(right: 0.44)),
      ],
      better: [],
      changesPerDay: nil
    )
  }
}
