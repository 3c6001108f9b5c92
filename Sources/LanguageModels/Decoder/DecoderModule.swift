/// A linear layer of a decoder under its own name: the whole of a matrix of the forward pass, or the
/// part of its outputs that is a layer of its own in transformers.
package struct DecoderModule: Hashable, Sendable {
  /// The name in transformers, without `.weight`: `model.layers.0.self_attn.q_proj`.
  package let path: String
  /// Which outputs of the forward pass's matrix are its.
  package let outputs: Range<Int>
  /// Length of the vectors that go in.
  package let inputs: Int

  /// The last part of the name, by which adapters choose layers: `q_proj`.
  package var kind: String { String(path.split(separator: ".").last ?? "") }
}

extension DecoderTensor.Part {
  /// The layers of transformers that a matrix of the forward pass is made of, in the order of its
  /// outputs; none for vectors.
  package func modules(
    ofLayer layer: Int,
    _ configuration: DecoderConfiguration
  ) -> [DecoderModule] {
    guard case .matrix(let inputs, let outputs) = shape(configuration) else { return [] }
    let isFused = configuration.architecture == .phi3
    let parts: [(name: String, count: Int)]
    switch self {
    case .queryKeyValue where isFused: parts = [("self_attn.qkv_proj", outputs)]
    case .queryKeyValue:
      parts = [
        ("self_attn.q_proj", configuration.querySize),
        ("self_attn.k_proj", configuration.keyValueSize),
        ("self_attn.v_proj", configuration.keyValueSize),
      ]
    case .attentionOutput: parts = [("self_attn.o_proj", outputs)]
    case .gateUp where isFused: parts = [("mlp.gate_up_proj", outputs)]
    case .gateUp:
      parts = [
        ("mlp.gate_proj", configuration.intermediateSize),
        ("mlp.up_proj", configuration.intermediateSize),
      ]
    case .down: parts = [("mlp.down_proj", outputs)]
    default: parts = []
    }
    var first = 0
    return parts.map { part in
      defer { first += part.count }
      return DecoderModule(
        path: "model.layers.\(layer).\(part.name)",
        outputs: first..<first + part.count,
        inputs: inputs
      )
    }
  }
}
