import Documents
import Knowledge

/// Finds the column of a row that a question asks for, where the question names it.
enum ColumnChooser {
  /// The one column whose name shares most words with the question; nil where none or several do. A
  /// column whose value stands in the question is what the question starts from, not what it asks for.
  static func column(askedFor question: String, in passage: Passage) -> String? {
    let asked = Set(
      LightStemmer.stems(of: QueryTerms.words(of: question)).filter {
        !QueryTerms.stopWords.contains($0)
      }
    )
    let start = passage.location.characters.lowerBound
    let matches = passage.fields.compactMap { field -> (column: String, shared: Int)? in
      let value = slice(
        passage.text,
        (field.characters.lowerBound - start)..<(field.characters.upperBound - start)
      )
      let valueStems = Set(LightStemmer.stems(of: QueryTerms.words(of: value)))
      guard valueStems.isDisjoint(with: asked) else { return nil }
      let shared = NameWords.stems(of: field.column).intersection(asked).count
      return shared > 0 ? (field.column, shared) : nil
    }
    guard let best = matches.max(by: { $0.shared < $1.shared }),
      matches.filter({ $0.shared == best.shared }).count == 1
    else { return nil }
    return best.column
  }
}
