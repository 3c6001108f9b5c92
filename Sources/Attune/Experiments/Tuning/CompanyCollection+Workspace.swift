import Documents
import Evaluation
import Knowledge
import Store

extension CompanyCollection {
  /// The passages of a workspace that has the example company.
  init(
    _ session: WorkspaceSession,
    questions: [Question],
    synthesizedPerPassage: Int,
    seed: UInt64
  ) throws {
    var passages: [CompanyPassage] = []
    for document in try session.store.documents(matching: SearchFilter()) {
      for stored in try session.store.passages(ofDocument: document.id, ordinals: 0..<Int.max)
      where !stored.passage.isTable {
        passages.append(
          CompanyPassage(
            key: RelevanceKeys.key(of: stored),
            document: "\(document.source)/\(document.path)",
            title: document.title,
            headings: stored.passage.headings,
            prefix: stored.passage.embeddingPrefix(title: document.title),
            body: stored.passage.text,
            columns: Self.columns(of: stored.passage)
          )
        )
      }
    }
    self.init(
      passages: passages,
      questions: questions,
      synthesizedPerPassage: synthesizedPerPassage,
      seed: seed
    )
  }

  private static func columns(of passage: Passage) -> [(name: String, value: String)] {
    let scalars = Array(passage.text.unicodeScalars)
    let start = passage.location.characters.lowerBound
    return passage.fields.map { field in
      let range = (field.characters.lowerBound - start..<field.characters.upperBound - start)
        .clamped(to: scalars.indices)
      var value = String.UnicodeScalarView()
      value.append(contentsOf: scalars[range])
      return (field.column, String(value))
    }
  }
}
