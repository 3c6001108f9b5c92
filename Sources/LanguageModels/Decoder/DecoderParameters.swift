/// Gives a decoder its weights in the form that its forward pass uses.
protocol DecoderParameters: Sendable {
  /// What the weights came from, for errors.
  var path: String { get }

  /// A matrix of the model.
  ///
  /// - Throws: `LanguageModelError` if it is absent or of another shape.
  func matrix(_ tensor: DecoderTensor) throws(LanguageModelError) -> DecoderMatrix

  /// A vector of the model.
  ///
  /// - Throws: `LanguageModelError` if it is absent or of another shape.
  func vector(_ tensor: DecoderTensor) throws(LanguageModelError) -> [Float]

  /// The embeddings; `output` is the output matrix where both are the same weights.
  ///
  /// - Throws: `LanguageModelError` if they are absent or of another shape.
  func embeddings(sharedWith output: DecoderMatrix?) throws(LanguageModelError) -> EmbeddingRows
}
