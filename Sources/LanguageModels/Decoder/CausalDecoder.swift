public import Kernels
import Synchronization

/// A decoder of the Llama family: token ids in, for each the logits of the token that follows.
///
/// Numerically as transformers computes it in 32-bit floats: embeddings; layers of causal attention
/// with rotary positions and of a gated feed-forward part, each with a residual connection and RMS
/// normalisation before it (Gemma: also after it); a last normalisation and the output layer. A
/// token's result does not depend on how the tokens before it were cut into calls.
public final class CausalDecoder: Sendable {
  /// The model's sizes.
  public let configuration: DecoderConfiguration
  /// In what form the weights are held.
  public let precision: WeightPrecision
  /// The kernels in use.
  public let kernels: KernelSet
  /// The threads in use.
  public let pool: WorkerPool

  let embeddings: EmbeddingRows
  package let layers: [DecoderLayer]
  package let outputNorm: [Float]
  package let output: DecoderMatrix
  package let frequencies: DecoderFrequencies
  let spareScratch = Mutex<[DecoderScratch]>([])

  /// How many tokens of a prompt run at once.
  static let chunk = 128

  init(
    _ configuration: DecoderConfiguration,
    _ parameters: any DecoderParameters,
    precision: WeightPrecision,
    kernels: KernelSet,
    pool: WorkerPool
  ) throws(LanguageModelError) {
    self.configuration = configuration
    self.precision = precision
    self.kernels = kernels
    self.pool = pool
    var layers: [DecoderLayer] = []
    for index in 0..<configuration.layers {
      layers.append(try DecoderLayer(index, parameters, configuration))
    }
    self.layers = layers
    outputNorm = try parameters.vector(.outputNorm)
    output = try parameters.matrix(configuration.tiesEmbeddings ? .embedding : .output)
    embeddings = try parameters.embeddings(
      sharedWith: configuration.tiesEmbeddings ? output : nil
    )
    frequencies = DecoderFrequencies(configuration)
  }

  /// Scratch memory for some tokens; kept between calls, as fresh memory costs page faults.
  func takeScratch(_ tokens: Int) -> DecoderScratch {
    let spare = spareScratch.withLock { spare -> DecoderScratch? in
      guard let index = spare.firstIndex(where: { $0.capacity >= tokens }) else {
        if !spare.isEmpty { spare.removeFirst() }
        return nil
      }
      return spare.remove(at: index)
    }
    return spare ?? DecoderScratch(configuration, precision: precision, capacity: tokens)
  }
}
