import Documents

/// A document taken apart and ready to be embedded.
struct PreparedDocument {
  let item: SourceItem
  let fingerprint: String
  let contentHash: String
  let document: ExtractedDocument
  let passages: [Passage]
  /// Per passage, its sentences in Unicode scalars of the passage's text; empty for rows.
  let sentences: [[Range<Int>]]
  /// What is known of the version before.
  let before: DocumentState?
  /// Vectors known from the version before, by hash of the embedded text.
  var knownVectors: [String: [Float]] = [:]
}
