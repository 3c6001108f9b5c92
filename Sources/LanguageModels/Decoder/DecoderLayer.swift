/// The weights of one decoder layer.
package struct DecoderLayer: Sendable {
  package let attentionNorm: [Float]
  package let queryKeyValue: DecoderLinear
  package let queryNorm: [Float]?
  package let keyNorm: [Float]?
  package let attentionOutput: DecoderLinear
  package let postAttentionNorm: [Float]?
  package let feedForwardNorm: [Float]
  package let gateUp: DecoderLinear
  package let down: DecoderLinear
  package let postFeedForwardNorm: [Float]?

  /// - Throws: `LanguageModelError` if a weight is absent or of another shape.
  init(
    _ index: Int,
    _ parameters: any DecoderParameters,
    _ configuration: DecoderConfiguration
  ) throws(LanguageModelError) {
    func vector(_ part: DecoderTensor.Part) throws(LanguageModelError) -> [Float] {
      try parameters.vector(.layer(index, part))
    }
    func optional(_ part: DecoderTensor.Part) throws(LanguageModelError) -> [Float]? {
      part.isPresent(configuration) ? try vector(part) : nil
    }
    func linear(
      _ part: DecoderTensor.Part,
      _ bias: DecoderTensor.Part? = nil
    ) throws(LanguageModelError) -> DecoderLinear {
      let weights = try parameters.matrix(.layer(index, part))
      guard let bias else { return DecoderLinear(weights: weights, bias: nil) }
      return DecoderLinear(weights: weights, bias: try optional(bias))
    }
    attentionNorm = try vector(.attentionNorm)
    queryKeyValue = try linear(.queryKeyValue, .queryKeyValueBias)
    queryNorm = try optional(.queryNorm)
    keyNorm = try optional(.keyNorm)
    attentionOutput = try linear(.attentionOutput, .attentionOutputBias)
    postAttentionNorm = try optional(.postAttentionNorm)
    feedForwardNorm = try vector(.feedForwardNorm)
    gateUp = try linear(.gateUp, .gateUpBias)
    down = try linear(.down, .downBias)
    postFeedForwardNorm = try optional(.postFeedForwardNorm)
  }
}
