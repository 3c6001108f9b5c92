/// Makes training examples from questions that people wrote and from open text, as many of each kind as
/// asked for; the same sources, settings and seed make the same examples.
public struct ReadingMixture: Sendable {
  /// How many examples of each kind are wanted. Fewer are made where the texts yield no more.
  public struct Settings: Sendable, Hashable, Codable {
    public var seed: UInt64 = 1
    /// Spans that stand in two sentences: one asks, the other answers.
    public var recurring = 30_000
    /// Spans that stand in two documents: one asks, the other answers.
    public var crossed = 15_000
    /// Sentences turned into questions.
    public var clauses = 30_000
    /// What an abbreviation stands for, and how something is abbreviated.
    public var abbreviations = 2_000
    /// Cells of table rows, a third of them on rows that do not answer.
    public var tables = 6_000
    /// Synthetic questions on passages that do not answer them.
    public var mismatched = 10_000
    /// Synthetic questions whose answer was cut out of the passage.
    public var removed = 5_000
    /// The most word pieces of a passage, estimated.
    public var passageLimit = 220
    /// The most questions of a kind that one passage gives.
    public var perPassage = 10

    public init() {}
  }

  /// What was made and what was left out.
  public struct Report: Sendable, Hashable, Codable {
    /// Examples by kind.
    public var counts: [String: Int] = [:]
    /// Passages left out because they share a long run of words with what is kept for measuring.
    public var sharedPassages = 0
    /// Questions left out for the same reason.
    public var sharedQuestions = 0
    public var duplicates = 0
    /// Questions whose answer fits in no window.
    public var unfit = 0

    public init() {}
  }

  public let settings: Settings
  let shared: SharedRuns
  let window: PassageWindow

  /// - Parameters:
  ///   - settings: How many of each kind.
  ///   - measured: The passages that are kept for measuring. Nothing that shares twelve words in a row
  ///     with one is trained on.
  public init(settings: Settings = Settings(), measured: [String] = []) {
    self.settings = settings
    shared = SharedRuns(measured)
    window = PassageWindow(limit: settings.passageLimit)
  }

  /// Examples of the questions that people wrote, in random order; as many as a third of those that are
  /// answered are paired with passages that do not answer.
  public func human(_ questions: [ReadingQuestion]) -> (
    examples: [ReadingExample], report: Report
  ) {
    var report = Report()
    var examples: [ReadingExample] = []
    for (index, question) in questions.enumerated() {
      guard !shared.isShared(by: question.text) else {
        report.sharedQuestions += 1
        continue
      }
      var random = SeededGenerator(
        seed: settings.seed,
        name: "\(question.source)#\(index)#\(question.question)"
      )
      let text = ReadingText(question.text)
      guard let answer = question.answer else {
        guard !text.sentences.isEmpty else { continue }
        let home = Int(random.next() % UInt64(text.sentences.count))
        let passage = window.part(of: text, around: home, using: &random)
        guard !passage.isEmpty else { continue }
        examples.append(
          ReadingExample(
            question: question.question,
            passage: passage,
            kind: question.kind,
            source: question.source
          )
        )
        continue
      }
      guard text.text == question.text,
        let cut = window.around(answer, in: text, using: &random)
      else {
        report.unfit += 1
        continue
      }
      examples.append(
        ReadingExample(question.question, on: cut, kind: question.kind, source: question.source)
      )
    }
    examples += unanswered(examples, &report)
    return (finish(examples, &report), report)
  }

  private func unanswered(_ examples: [ReadingExample], _ report: inout Report) -> [ReadingExample]
  {
    let answered = examples.filter { $0.answer != nil && $0.kind == "qed" }
    let pool = UnansweredQuestions(
      answered.compactMap { example in
        example.passage.map { ($0, example.source) }
      }
    )
    return answered.compactMap { example in
      var random = SeededGenerator(
        seed: settings.seed,
        name: "none#\(example.source)#\(example.question)"
      )
      switch random.next() % 16 {
      case 0, 1: return UnansweredQuestions.removed(example, kind: "\(example.kind)-removed")
      case 2, 3, 4: return pool.mismatch(example, kind: "\(example.kind)-mismatch", using: &random)
      default: return nil
      }
    }
  }

  /// In random order, none twice, none out of place.
  func finish(_ examples: [ReadingExample], _ report: inout Report) -> [ReadingExample] {
    var known: Set<String> = []
    var kept: [ReadingExample] = []
    for example in examples where example.isAligned {
      let key = "\(NormalizedWording.of(example.question))\n\(example.passage ?? "")"
      if known.insert(key).inserted {
        kept.append(example)
        report.counts[example.kind, default: 0] += 1
      } else {
        report.duplicates += 1
      }
    }
    var random = SeededGenerator(seed: settings.seed, name: "order")
    return kept.shuffled(using: &random)
  }
}
