public import Kernels

/// Finds the passages that a model takes for answers and that are none: what it learns most from.
public struct HardNegatives: Sendable, Equatable {
  /// From which rank on, counted from 0 without the passages that answer the question. The very first
  /// are often answers that nobody has marked.
  public var firstRank = 5
  /// Up to which rank.
  public var lastRank = 30
  /// How much further away than the nearest right passage one must be, as a difference of cosines.
  /// Nearer ones are more likely unmarked answers.
  public var margin: Float = 0.05

  /// The usual choice.
  public init() {}

  /// Questions compared at once.
  private static let questionsAtOnce = 256

  /// Mines.
  ///
  /// - Parameters:
  ///   - data: the questions, and what answers them.
  ///   - questions: a vector of length 1 for each question, by the model before training.
  ///   - passages: one for each passage.
  ///   - kernels: the inner loops.
  ///   - pool: the threads to use.
  /// - Returns: for each question the numbers of its hard negatives, nearest first; perhaps none.
  /// - Throws: `KernelError` if the vectors are not all of the same length.
  /// - Complexity: O(questions · passages · dimension).
  public func mine(
    _ data: RankingData,
    questions: [[Float]],
    passages: [[Float]],
    kernels: KernelSet,
    pool: WorkerPool = .shared
  ) throws(KernelError) -> [[Int]] {
    precondition(
      questions.count == data.questions.count && passages.count == data.passages.count,
      "each text has its vector"
    )
    guard let dimension = passages.first?.count else { return questions.map { _ in [] } }
    let packed = try PackedMatrix(
      rows: passages.flatMap(\.self),
      inputs: dimension,
      outputs: passages.count,
      using: kernels
    )
    var result: [[Int]] = []
    for start in stride(from: 0, to: questions.count, by: Self.questionsAtOnce) {
      let part = questions[start..<min(start + Self.questionsAtOnce, questions.count)]
      let rows = try Matrix(rows: part.count, columns: dimension, values: part.flatMap(\.self))
      let scores = Matrix(rows: part.count, columns: passages.count)
      try kernels.linear(rows, packed, rows: 0..<part.count, into: scores, pool: pool)
      for row in 0..<part.count {
        result.append(choose(scores.row(row), acceptable: data.acceptable[start + row]))
      }
    }
    return result
  }

  private func choose(_ scores: [Float], acceptable: Set<Int>) -> [Int] {
    let nearest = acceptable.map { scores[$0] }.max() ?? 1
    let ranked = scores.indices.filter { !acceptable.contains($0) }
      .sorted { (scores[$1], $0) < (scores[$0], $1) }
    return ranked.prefix(max(0, lastRank)).dropFirst(max(0, firstRank))
      .filter { scores[$0] <= nearest - margin }
  }
}
