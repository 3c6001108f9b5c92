import Documents
import Evaluation
import Foundation
import Knowledge

/// Finds the passages that a model then reads.
struct RetrievedPassages {
  let session: WorkspaceSession
  /// How many are read.
  var depth = 5

  /// A task of the passages found.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - isExcluded: whether a passage is to be passed over.
  /// - Returns: the task, and the keys of the documents read.
  /// - Throws: what the search throws.
  func task(
    for question: Question,
    excluding isExcluded: (StoredPassage) -> Bool = { _ in false }
  ) throws -> (task: ReadingTask, keys: [String]) {
    let searcher = Searcher(
      store: session.store,
      embedder: session.embedder,
      settings: session.configuration.search
    )
    let hits = try searcher.search(question.question, limit: Self.searched)
      .filter { !isExcluded($0.passage) }.prefix(depth)
    let task = ReadingTask(
      id: question.id,
      question: question.question,
      passages: hits.map {
        ReadingTask.Passage(text: $0.passage.passage.text, score: $0.score)
      },
      answers: question.answers,
      isAnswerable: question.isAnswerable
    )
    return (task, hits.map { RelevanceKeys.key(of: $0.passage) })
  }

  /// As many are searched for, so that enough are left where a document is excluded.
  private static let searched = 30
}
