/// A sentence of a document with its vector.
package struct SummarySentence {
  package let text: String
  /// Unit length; empty where the sentence lay beyond the model's limit.
  package let vector: [Float]

  package init(text: String, vector: [Float]) {
    self.text = text
    self.vector = vector
  }
}
