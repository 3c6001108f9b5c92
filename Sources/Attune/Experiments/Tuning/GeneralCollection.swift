import Evaluation
import Foundation
import LanguageModels

/// Questions on general text, which a tuned embedder should not find fewer answers to.
enum GeneralCollection {
  /// XQuAD's English questions among all its paragraphs, clustered by article.
  static func xquad(_ url: URL) throws -> TuningSet {
    let file = try SQuADFile(reading: url)
    return TuningSet(
      passages: file.paragraphs.map { TuningPassage(key: $0.id, text: $0.text) },
      queries: file.paragraphs.flatMap { paragraph in
        paragraph.questions.map {
          RetrievalQuery(
            id: $0.id,
            text: $0.question,
            cluster: paragraph.title,
            grades: [paragraph.id: 1]
          )
        }
      }
    )
  }

  /// Validation questions of the retrieval pool, which are not XQuAD's, with some of its passages.
  static func validation(_ folder: URL, queries: Int, others: Int, seed: UInt64) throws -> TuningSet
  {
    let data = try BEIRDataset(reading: folder, split: "validation")
    let clusters = try ClusterFile(folder.appending(path: "queries.jsonl")).clusters
    var generator = SeededGenerator(seed: seed)
    let chosen = data.queries.filter { !$0.grades.isEmpty }.shuffled(using: &generator)
      .prefix(queries)
    let wanted = Set(chosen.flatMap(\.grades.keys))
    let unwanted = Set(
      data.corpus.filter { !wanted.contains($0.id) && !$0.id.hasPrefix("xquad") }
        .shuffled(using: &generator).prefix(others).map(\.id)
    )
    return TuningSet(
      passages: data.corpus.filter { wanted.contains($0.id) || unwanted.contains($0.id) }.map {
        TuningPassage(key: $0.id, text: $0.text)
      },
      queries: chosen.map {
        RetrievalQuery(
          id: $0.id,
          text: $0.text,
          cluster: clusters[$0.id] ?? $0.id,
          grades: $0.grades
        )
      }
    )
  }
}
