import Documents
import Knowledge

/// Recognises questions that no single place answers, because they count, add up, average or rank the
/// rows of a table.
///
/// The rule is about words: an operation ("how many", "average", "most") whose object names a table of
/// the store, or whose best passages are rows of one. A quoted row would look like an answer and be a
/// wrong number, so such questions are told apart before any quote is chosen.
struct CalculationDetector: Sendable {
  private let tables: [Table]

  private struct Table: Sendable {
    let record: DocumentRecord
    let description: TableDescription
    /// Stems of the table's name.
    let name: Set<String>
    /// Stems of its columns' names.
    let columns: Set<String>
  }

  /// - Parameter tables: The documents that are tables.
  init(tables: [DocumentRecord]) {
    self.tables = tables.compactMap { record in
      guard let description = record.table else { return nil }
      return Table(
        record: record,
        description: description,
        name: NameWords.stems(of: description.name),
        columns: Set(description.columns.flatMap(NameWords.stems))
      )
    }
  }

  /// The calculation that a question asks for, if it asks for one.
  ///
  /// Rows among the best passages vote for their table; a sentence of prose that very probably answers
  /// speaks against a calculation.
  func request(
    in question: String,
    hits: [SearchHit],
    bestProse: Double
  ) -> CalculationRequest? {
    let words = QueryTerms.allWords(of: question)
    guard let mention = OperationMention(in: words), !tables.isEmpty else { return nil }
    let objectStems = LightStemmer.stems(of: mention.object)
    let stems = Set(LightStemmer.stems(of: words).filter { !QueryTerms.stopWords.contains($0) })
    let votes = rowVotes(among: hits)
    let ranked = tables.map { table in
      (table: table, score: score(table, object: objectStems, stems: stems, votes: votes))
    }.filter { $0.score.total > 0 }
    guard
      let best = ranked.max(by: { first, second in
        (first.score.total, second.table.record.path) < (
          second.score.total, first.table.record.path
        )
      }), isEnough(best.score, for: mention, bestProse: bestProse)
    else { return nil }
    return CalculationRequest(
      operation: mention.operation,
      document: best.table.record.id,
      table: best.table.record.path,
      tableName: best.table.description.name,
      source: best.table.record.source,
      rowCount: best.table.description.rowCount
    )
  }

  private struct Score {
    /// The object of the operation is what the table is named after.
    var objectIsTable = false
    /// Any word of the question is what the table is named after.
    var namesTable = false
    /// Columns that the question names.
    var columns = 0
    /// Share of the best passages that are rows of the table.
    var votes = 0.0

    var total: Double {
      (objectIsTable ? 4 : 0) + (namesTable ? 2 : 0) + Double(min(columns, 3)) + 3 * votes
    }
  }

  private func score(
    _ table: Table,
    object: [String],
    stems: Set<String>,
    votes: [Int64: Double]
  ) -> Score {
    var score = Score()
    // A table called "order_lines" is named by "order lines", not by "lines" alone.
    score.objectIsTable = !table.name.isEmpty && table.name.isSubset(of: Set(object))
    score.namesTable = !table.name.isEmpty && table.name.isSubset(of: stems)
    score.columns = table.columns.subtracting(table.name).intersection(stems).count
    score.votes = votes[table.record.id] ?? 0
    return score
  }

  private func isEnough(_ score: Score, for mention: OperationMention, bestProse: Double) -> Bool {
    let tableIsMeant = score.namesTable || score.votes >= 0.5
    switch mention.operation {
    case .count:
      // "How many days…" counts days, not rows; only a table's own things can be counted.
      guard score.objectIsTable || (mention.isOverAll && tableIsMeant) else { return false }
    case .sum, .average:
      guard tableIsMeant || score.columns >= 2 else { return false }
    case .rank:
      guard score.objectIsTable || (score.namesTable && score.votes >= 0.2) else { return false }
    }
    return bestProse < 0.85 || score.votes >= 0.5
  }

  private func rowVotes(among hits: [SearchHit]) -> [Int64: Double] {
    let top = hits.prefix(10)
    guard !top.isEmpty else { return [:] }
    return top.reduce(into: [:]) { votes, hit in
      guard hit.passage.document.table != nil else { return }
      votes[hit.passage.document.id, default: 0] += 1 / Double(top.count)
    }
  }
}
