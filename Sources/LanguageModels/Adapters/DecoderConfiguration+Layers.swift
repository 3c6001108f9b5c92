extension DecoderConfiguration {
  /// The linear layers but the output layer, under the names of transformers, with the lengths of what
  /// goes in and out, in the order of the forward pass.
  public var linearLayers: [(name: String, inputs: Int, outputs: Int)] {
    (0..<layers).flatMap { layer in
      [DecoderTensor.Part.queryKeyValue, .attentionOutput, .gateUp, .down].flatMap { part in
        part.modules(ofLayer: layer, self).map { ($0.path, $0.inputs, $0.outputs.count) }
      }
    }
  }
}
