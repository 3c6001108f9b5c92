import Evaluation

/// A report of two questions and three arms with everything measured, and `text` wherever a report
/// holds text from data.
struct ComparisonPageFixture {
  var text = ""

  static let hostile =
    "<script>alert(1)</script>\" onload=\"x' </details></style>]]>&amp;\u{202E}abc\u{0}\u{1B}[31m\u{FFFE}"

  var report: ComparisonReport {
    ComparisonReport(
      name: "Choice" + text,
      created: "2031-04-02T09:10:11Z",
      data: data,
      arms: [
        arm("base", "Base", right: 0.2),
        arm("retrieval", "Retrieval", right: 0.8, cites: true),
        arm("tuned", "Fine-tuned", right: 0.5, training: 240),
      ],
      pairs: [
        pair("base", "retrieval", difference: -0.6, .secondBetter),
        pair("base", "tuned", difference: -0.3, .secondBetter),
        pair("retrieval", "tuned", difference: 0.3, .notDistinguishable),
      ],
      kinds: [
        KindReport(
          kind: "several_documents" + text,
          questions: 40,
          right: ["base": Self.share(0.1), "retrieval": Self.share(0.7)],
          pairs: [pair("base", "retrieval", difference: -0.6, .secondBetter)]
        ),
        KindReport(kind: "term", questions: 8, right: [:], pairs: []),
      ],
      freshness: freshness,
      learning: learning,
      questions: [question("q1", rights: [0, 1, 1]), question("q2", rights: [0, 0, 0.5])],
      remarks: ["Too few documents." + text]
    )
  }

  var advice: AdviceSection {
    AdviceSection(
      headline: "Use retrieval." + text,
      reasons: ["It is right on 80%." + text],
      changes: ["Ten more documents." + text],
      nextStep: "Sync every day." + text,
      sensitivity: [("retrieval", 0.9), ("tuned", 0.1)]
    )
  }

  /// The same comparison with nothing measured but the arms.
  var bare: ComparisonReport {
    var report = report
    report.pairs = []
    report.kinds = []
    report.freshness = nil
    report.learning = nil
    report.questions = []
    report.remarks = []
    for index in report.arms.indices {
      report.arms[index].measures = [:]
      report.arms[index].known = nil
      report.arms[index].new = nil
      report.arms[index].transparency = .init(source: 0, training: 0, neither: 0)
    }
    return report
  }

  static func share(_ mean: Double) -> MeasuredShare {
    MeasuredShare(
      mean: mean,
      interval: Interval(lower: mean - 0.1, upper: mean + 0.1, confidence: 0.95),
      questions: 120,
      clusters: 24
    )
  }

  func arm(
    _ id: String,
    _ title: String,
    right: Double,
    cites: Bool = false,
    training: Double = 0
  ) -> ArmReport {
    var resources = ArmResources()
    resources.trainingSeconds = training
    var measures: [String: MeasuredShare] = [
      Measure.right.rawValue: Self.share(right), Measure.f1.rawValue: Self.share(right - 0.05),
    ]
    if cites { measures[Measure.citationPrecision.rawValue] = Self.share(0.86) }
    return ArmReport(
      arm: Arm(
        id: id,
        title: title + text,
        kind: .other,
        retrieves: cites,
        isTuned: training > 0,
        generator: "model" + text
      ),
      seeds: training > 0 ? [1, 2, 3] : [1],
      answered: 119,
      failure: "The server went away." + text,
      measures: measures,
      known: Self.share(right),
      new: Self.share(right - 0.1),
      perplexity: 8.4,
      transparency: .init(source: cites ? 0.9 : 0, training: 0, neither: cites ? 0.1 : 1),
      cost: .init(
        medianMilliseconds: cites ? 340 : 180,
        p95Milliseconds: 900,
        promptTokens: 712,
        completionTokens: 24,
        resources: resources,
        thousandAnswers: 0.3,
        rightAnswer: 0.0004,
        preparation: 0.02,
        currency: "EUR" + text
      )
    )
  }

  func pair(
    _ first: String,
    _ second: String,
    difference: Double,
    _ verdict: PairReport.Verdict
  ) -> PairReport {
    PairReport(
      first: first,
      second: second,
      difference: MeanDifference(
        mean: difference,
        standardError: 0.05,
        confidence: 0.95,
        lower: difference - 0.1,
        upper: difference + 0.1,
        degreesOfFreedom: 23,
        pValue: 0.0001,
        questions: 120,
        clusters: 24
      ),
      pValue: 0.0001,
      correctedPValue: 0.0123,
      mcNemarPValue: nil,
      verdict: verdict,
      minimalDetectableDifference: 0.14,
      questionsMore: verdict == .notDistinguishable ? 310 : nil,
      documentsMore: verdict == .notDistinguishable ? 62 : nil,
      isForThisAdapter: true,
      sentence: "\(first) and \(second) were compared." + text
    )
  }

  func question(_ id: String, rights: [Double]) -> QuestionReport {
    let replies = zip(["base", "retrieval", "tuned"], rights).map { arm, right in
      var answer = ArmAnswer(
        question: id,
        outcome: right > 0 ? .answered : .failed,
        answer: "14 days" + text,
        shown: "By the manual it is 14 days.\nSee there." + text
      )
      answer.milliseconds = 340
      answer.confidence = 0.7
      answer.supported = 1
      answer.trainedOn = ["e1" + text]
      answer.fault = right > 0 ? nil : "Timed out." + text
      answer.citations = [
        .init(
          url: "attune://docs/manual.md#L1" + text,
          document: "manual.md" + text,
          quote: "The notice is 14 days; see https://example.com/terms" + text
        )
      ]
      return QuestionReport.Reply(arm: arm, answer: answer, scores: ["right": right])
    }
    return QuestionReport(
      id: id + text,
      question: "How many days of notice?" + text,
      accepted: ["14 days" + text, "two weeks"],
      kind: "several_documents" + text,
      cluster: "manual.md" + text,
      isKnown: true,
      replies: replies
    )
  }

  private var data: ComparisonData {
    ComparisonData(
      source: "test.jsonl" + text,
      questions: 120,
      answerable: 110,
      unanswerable: 10,
      clusters: 24,
      known: 60,
      new: 50,
      excluded: [
        .init(
          question: "q9",
          wording: "What notice?" + text,
          reason: .trained,
          like: "Which notice?" + text
        )
      ],
      trainingSource: "train.jsonl" + text,
      trainingExamples: 1_840,
      changesPerDay: 1.5
    )
  }

  private var freshness: FreshnessReport {
    FreshnessReport(
      questions: 36,
      documents: 12,
      arms: ["base", "retrieval", "tuned"].map { arm in
        .init(
          arm: arm,
          atOnce: Self.share(0.1),
          afterSync: Self.share(arm == "retrieval" ? 0.8 : 0.1),
          afterRetraining: arm == "tuned" ? Self.share(0.5) : nil,
          stale: Self.share(0.3),
          syncSeconds: 4,
          retrainingSeconds: arm == "tuned" ? 240 : nil,
          secondsToDate: arm == "base" ? nil : 4,
          cost: 0.01
        )
      },
      curve: [0.1, 1, 10].map {
        .init(
          changesPerDay: $0,
          secondsPerDay: ["retrieval": 155 + 4 * $0, "tuned": 92 + 416 * $0]
        )
      },
      answersPerDay: 500,
      breakEvenChangesPerDay: 0.15,
      changesPerDay: 1.5
    )
  }

  private var learning: LearningReport {
    LearningReport(
      arm: "tuned",
      points: [
        .init(share: 0.5, examples: 920, right: Self.share(0.3), seconds: 120),
        .init(share: 1, examples: 1_840, right: Self.share(0.5), seconds: 240),
      ],
      verdict: .moreHelps,
      examplesNeeded: 14_700,
      sentence: "More data would help." + text
    )
  }
}
