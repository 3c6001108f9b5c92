import Evaluation
import FineTuning
import Kernels
import LanguageModels

/// How well an embedder finds what answers a set's questions.
struct EmbedderMeasurement {
  let encoder: SentenceEncoder
  let kernels: KernelSet

  private static let depth = 10

  /// nDCG@10 of each question, by cosine over all passages; a document counts by its best passage.
  func nDCG(_ set: TuningSet) throws -> [Double] {
    let ranked = try ranking(set, depth: Self.depth)
    return zip(ranked, set.queries).map { keys, query in
      RankingMetrics.nDCG(ranked: keys, grades: query.grades, at: Self.depth)
    }
  }

  /// For each question the keys of the best documents, best first.
  private func ranking(_ set: TuningSet, depth: Int) throws -> [[String]] {
    let keys = Array(Set(set.passages.map(\.key))).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let owner = set.passages.map { numbers[$0.key] ?? 0 }
    let scores = try scores(
      questions: vectors(set.queries.map(\.text)),
      passages: vectors(set.passages.map(\.text))
    )
    return (0..<set.queries.count).map { row in
      var best = [Float](repeating: -.infinity, count: keys.count)
      scores.withRow(row) { scores in
        for (passage, key) in owner.enumerated() { best[key] = max(best[key], scores[passage]) }
      }
      return best.indices.sorted { (best[$1], $0) < (best[$0], $1) }.prefix(depth).map { keys[$0] }
    }
  }

  func vectors(_ texts: [String]) throws -> [[Float]] {
    try encoder.encode(texts.map { SentenceEncoder.Input(text: $0) }).map(\.vector)
  }

  /// [questions × passages]
  private func scores(questions: [[Float]], passages: [[Float]]) throws -> Matrix {
    let packed = try PackedMatrix(
      rows: passages.flatMap(\.self),
      inputs: encoder.dimension,
      outputs: passages.count,
      using: kernels
    )
    let rows = try Matrix(
      rows: questions.count,
      columns: encoder.dimension,
      values: questions.flatMap(\.self)
    )
    let scores = Matrix(rows: questions.count, columns: passages.count)
    try kernels.linear(rows, packed, rows: 0..<questions.count, into: scores, pool: .shared)
    return scores
  }
}
