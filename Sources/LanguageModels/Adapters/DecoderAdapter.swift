import Kernels

/// An adapter made ready for a decoder: it can be switched on and off at once.
///
/// Made by ``CausalDecoder/prepare(_:)``; used through a cache that was made with it.
public final class DecoderAdapter: Sendable {
  /// What it was made from.
  public let adapter: LowRankAdapter

  let configuration: DecoderConfiguration
  /// For each layer, the updates of its matrices.
  let layers: [[DecoderTensor.Part: DecoderUpdate]]
  /// The update of the output weights.
  let output: DecoderUpdate?

  init(
    _ adapter: LowRankAdapter,
    configuration: DecoderConfiguration,
    layers: [[DecoderTensor.Part: DecoderUpdate]],
    output: DecoderUpdate?
  ) {
    self.adapter = adapter
    self.configuration = configuration
    self.layers = layers
    self.output = output
  }
}
