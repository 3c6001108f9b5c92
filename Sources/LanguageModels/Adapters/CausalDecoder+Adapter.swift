import Kernels

extension CausalDecoder {
  /// Makes an adapter ready for this decoder: packs its matrices, and for DoRA works out the lengths of
  /// the changed weights' rows.
  ///
  /// - Parameter adapter: the adapter.
  /// - Returns: what ``makeCache(capacity:precision:adapter:)`` takes.
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the adapter updates layers that the
  ///   decoder has not, or of other sides.
  public func prepare(_ adapter: LowRankAdapter) throws(LanguageModelError) -> DecoderAdapter {
    var rest = try adapter.updatesOfDecoder()
    var prepared: [[DecoderTensor.Part: DecoderUpdate]] = []
    for (index, layer) in layers.enumerated() {
      var updates: [DecoderTensor.Part: DecoderUpdate] = [:]
      for (part, linear) in [
        (DecoderTensor.Part.queryKeyValue, layer.queryKeyValue),
        (.attentionOutput, layer.attentionOutput), (.gateUp, layer.gateUp), (.down, layer.down),
      ] {
        var found: [(update: LowRankUpdate, outputs: Range<Int>)] = []
        for module in part.modules(ofLayer: index, configuration) {
          guard let update = rest.removeValue(forKey: module.path) else { continue }
          try LowRankAdapter.require(
            update,
            of: module.path,
            inputs: module.inputs,
            outputs: module.outputs.count,
            subject: "adapter"
          )
          found.append((update, module.outputs))
        }
        guard !found.isEmpty else { continue }
        updates[part] = try prepare(found, linear, part.shape(configuration))
      }
      prepared.append(updates)
    }
    var outputUpdate: DecoderUpdate?
    if let update = rest.removeValue(forKey: "lm_head") {
      let outputs = configuration.vocabularySize
      try LowRankAdapter.require(
        update,
        of: "lm_head",
        inputs: configuration.hiddenSize,
        outputs: outputs,
        subject: "adapter"
      )
      outputUpdate = try prepare(
        [(update, 0..<outputs)],
        DecoderLinear(weights: output, bias: nil),
        DecoderTensor.output.shape(configuration)
      )
    }
    try LowRankAdapter.refuse(unknown: rest.keys, subject: "adapter")
    return DecoderAdapter(
      adapter,
      configuration: configuration,
      layers: prepared,
      output: outputUpdate
    )
  }

  private func prepare(
    _ updates: [(update: LowRankUpdate, outputs: Range<Int>)],
    _ linear: DecoderLinear,
    _ shape: DecoderTensor.Shape
  ) throws(LanguageModelError) -> DecoderUpdate? {
    guard case .matrix(let inputs, let outputs) = shape else { return nil }
    do {
      return try DecoderUpdate(
        updates,
        of: linear,
        inputs: inputs,
        outputs: outputs,
        kernels: kernels,
        pool: pool
      )
    } catch {
      throw LanguageModelError(error, subject: "adapter")
    }
  }
}
