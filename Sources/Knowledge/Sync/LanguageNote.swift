/// Which languages a sync met that the embedder was not made for, and in how many documents.
struct LanguageNote {
  private let covered: Set<String>?
  private var documents: [String: Int] = [:]

  init(_ embedder: any TextEmbedder) { covered = embedder.languages }

  /// Counts a document by the language that is known of it. `en-GB` is covered by `en`.
  mutating func count(_ language: String?) {
    guard let covered, let language else { return }
    let name = language.prefix { $0 != "-" && $0 != "_" }.lowercased()
    if !name.isEmpty, !covered.contains(name) { documents[name, default: 0] += 1 }
  }

  /// A sentence for the user, or nil where all is covered.
  func warning(embedder: String) -> String? {
    guard !documents.isEmpty else { return nil }
    let counts = documents.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) in \($0.key)" }.joined(separator: ", ")
    let name = embedder.prefix { $0 != "@" }
    return
      "documents in languages that \(name) was not made for (\(counts)): by meaning little is found "
      + "in them; the search by words works"
  }
}
