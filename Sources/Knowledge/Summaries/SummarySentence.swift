/// A sentence of a document with its vector.
struct SummarySentence {
  let text: String
  /// Unit length; empty where the sentence lay beyond the model's limit.
  let vector: [Float]
}
