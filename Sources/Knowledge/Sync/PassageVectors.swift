/// The vectors of one passage on their way into the store.
struct PassageVectors {
  /// SHA-256 of the text that was embedded.
  let hash: String
  var vector: [Float]
  /// One vector per sentence; empty where the vector was known before.
  var sentences: [[Float]]
}
