import Datasets
import Evaluation
import FineTuning
import Kernels
import LanguageModels

/// The passages of an embedder's tuning as they are embedded, and how well examples' passages are found
/// among them.
struct TuningCorpus {
  /// Every passage once, as it is embedded.
  let passages: [String]
  private let numbers: [String: Int]
  private let embedded: [String: String]

  /// - Parameters:
  ///   - examples: all examples.
  ///   - embedded: for the text of a passage what is embedded for it.
  ///   - others: how many further passages stand among those of the examples.
  ///   - seed: which ones.
  init(_ examples: [Example], embedded: [String: String], others: Int, seed: UInt64) {
    var numbers: [String: Int] = [:]
    var passages: [String] = []
    func add(_ text: String) {
      guard numbers.updateValue(numbers[text] ?? passages.count, forKey: text) == nil else {
        return
      }
      passages.append(text)
    }
    for example in examples {
      for text in [example.passage].compactMap(\.self) + example.distractors {
        add(embedded[text] ?? text)
      }
    }
    var generator = SeededGenerator(seed: seed)
    let rest = Set(embedded.values).subtracting(passages).sorted().shuffled(using: &generator)
    for text in rest.prefix(others) { add(text) }
    self.passages = passages
    self.numbers = numbers
    self.embedded = embedded
  }

  /// The number of a passage, by its own text.
  func number(of text: String) -> Int? { numbers[embedded[text] ?? text] }

  /// The examples as rankings. Each has a question and a passage.
  func ranking(_ examples: [Example]) -> [RankingExample] {
    examples.map { example in
      RankingExample(
        question: example.question ?? "",
        positives: [example.passage.flatMap { number(of: $0) }].compactMap(\.self),
        group: DatasetSplitter.group(of: example)
      )
    }
  }

  /// The numbers of the passages that an example names as looking like an answer.
  func distractors(of example: Example) -> [Int] {
    example.distractors.compactMap { number(of: $0) }
  }

  /// nDCG@10 of each example: how well its passages are found.
  func scores(of examples: [Example], _ vectors: Vectors) throws -> [Double] {
    try vectors.nDCG(
      examples.map { $0.question ?? "" },
      answers: answers(of: examples),
      among: passages
    )
  }

  /// For each example the numbers of all passages that answer its question.
  func answers(of examples: [Example]) -> [Set<Int>] {
    let ranking = ranking(examples)
    var answers: [String: Set<Int>] = [:]
    for example in ranking { answers[example.question, default: []].formUnion(example.positives) }
    return ranking.map { answers[$0.question] ?? [] }
  }

  /// How well the passages of examples are found by two embedders.
  func comparison(
    of examples: [Example],
    _ before: Vectors,
    _ after: Vectors
  ) throws -> RetrievalComparison? {
    try RetrievalComparison(
      before: scores(of: examples, before),
      after: scores(of: examples, after),
      documents: examples.map { DatasetSplitter.group(of: $0) },
      passages: passages.count
    )
  }

  /// How well the first half of each general sentence finds its second half: what was forgotten shows
  /// there.
  static func generalScores(_ vectors: Vectors) throws -> [Double] {
    let halves = GeneralTexts.all.map { sentence in
      let words = sentence.split(separator: " ")
      let middle = words.count / 2
      return (
        words[..<middle].joined(separator: " "), words[middle...].joined(separator: " ")
      )
    }
    return try vectors.nDCG(
      halves.map(\.0),
      answers: halves.indices.map { [$0] },
      among: halves.map(\.1)
    )
  }

  /// How well general sentences are found by two embedders.
  static func general(_ before: Vectors, _ after: Vectors) throws -> RetrievalComparison? {
    try RetrievalComparison(
      before: generalScores(before),
      after: generalScores(after),
      documents: GeneralTexts.all,
      passages: GeneralTexts.all.count
    )
  }

  /// An embedder that measures.
  struct Vectors {
    private let encoder: SentenceEncoder
    private let kernels: KernelSet
    private static let depth = 10

    init(_ encoder: SentenceEncoder, kernels: KernelSet) {
      self.encoder = encoder
      self.kernels = kernels
    }

    func vectors(_ texts: [String]) throws -> [[Float]] {
      try encoder.encode(texts.map { SentenceEncoder.Input(text: $0) }).map(\.vector)
    }

    /// nDCG@10 of each question.
    func nDCG(
      _ questions: [String],
      answers: [Set<Int>],
      among passages: [String]
    ) throws -> [Double] {
      guard !questions.isEmpty, !passages.isEmpty else { return questions.map { _ in 0 } }
      let packed = try PackedMatrix(
        rows: vectors(passages).flatMap(\.self),
        inputs: encoder.dimension,
        outputs: passages.count,
        using: kernels
      )
      let row = Matrix(rows: 1, columns: passages.count)
      return try zip(vectors(questions), answers).map { question, answers in
        let input = try Matrix(rows: 1, columns: encoder.dimension, values: question)
        try kernels.linear(input, packed, rows: 0..<1, into: row, pool: .shared)
        let scores = row.row(0)
        let ranked = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        return RankingMetrics.nDCG(
          ranked: Array(ranked.prefix(Self.depth)),
          grades: Dictionary(uniqueKeysWithValues: answers.map { ($0, 1) }),
          at: Self.depth
        )
      }
    }
  }
}
