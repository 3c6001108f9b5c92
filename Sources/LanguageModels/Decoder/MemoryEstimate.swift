import Foundation
public import Kernels

/// The memory that a decoder takes, worked out from its configuration before anything is loaded.
public struct MemoryEstimate: Sendable, Equatable {
  /// Bytes of the weights as they are held.
  public let weights: Int
  /// Bytes of the keys and values of a full context.
  public let cache: Int
  /// Bytes of the intermediate results of a forward pass.
  public let scratch: Int

  /// All together.
  public var total: Int { weights + cache + scratch }

  /// - Parameters:
  ///   - configuration: the model's sizes, checked.
  ///   - precision: in what form the weights are held.
  ///   - context: the most tokens of a sequence.
  ///   - cachePrecision: how keys and values are kept; what goes with the weights if `nil`.
  public init(
    _ configuration: DecoderConfiguration,
    weights precision: WeightPrecision,
    context: Int,
    cache cachePrecision: AttentionCache.Precision? = nil
  ) {
    self.init(
      configuration,
      weightBytes: Self.weightBytes(configuration, precision),
      context: context,
      cache: cachePrecision ?? CausalDecoder.cachePrecision(for: precision)
    )
  }

  /// The same for weights whose size is known.
  init(
    _ configuration: DecoderConfiguration,
    weightBytes: Int,
    context: Int,
    cache kept: AttentionCache.Precision
  ) {
    weights = weightBytes
    var cache = 0
    for layer in 0..<configuration.layers {
      let bytes = try? AttentionCache.byteCount(
        heads: configuration.keyValueHeads,
        headSize: configuration.headSize,
        capacity: KeyValueCache.capacity(ofLayer: layer, configuration, max(context, 1)),
        precision: kept
      )
      cache = Self.sum(cache, bytes ?? Int.max)
    }
    self.cache = cache
    let logits = 16 * configuration.vocabularySize
    scratch =
      4
      * (min(CausalDecoder.chunk, max(context, 1)) * DecoderScratch.floatsPerToken(configuration)
        + logits)
  }

  private static func weightBytes(
    _ configuration: DecoderConfiguration,
    _ precision: WeightPrecision
  ) -> Int {
    var weights = 0
    for tensor in DecoderTensor.all(configuration) {
      switch tensor.shape(configuration) {
      case .vector(let count): weights = Self.sum(weights, 4 * count)
      case .matrix(let inputs, let outputs):
        // In 32-bit floats, embeddings stay in the mapped file.
        if precision == .float32, tensor == .embedding, !configuration.tiesEmbeddings { continue }
        weights = Self.sum(weights, Self.bytes(precision.format(of: tensor), inputs, outputs))
      }
    }
    return weights
  }

  /// Sizes that no memory holds stay at the largest number, so that no later sum overflows.
  private static func sum(_ left: Int, _ right: Int) -> Int {
    let limit = Int.max / 4
    return left >= limit - min(right, limit) ? limit : left + right
  }

  private static func bytes(_ format: QuantizedFormat?, _ inputs: Int, _ outputs: Int) -> Int {
    guard let format else { return 4 * WeightArena.floats(inputs: inputs, outputs: outputs) }
    let bytes = try? QuantizedMatrix.packedByteCount(
      inputs: inputs,
      outputs: outputs,
      format: format
    )
    return bytes ?? Int.max
  }

  /// Checks that the machine has some memory to give.
  ///
  /// - Parameters:
  ///   - bytes: what is about to be taken; everything if `nil`.
  ///   - available: what the machine can give; looked up if `nil`.
  ///   - subject: what it is about.
  /// - Throws: `LanguageModelError` with code `insufficientMemory`.
  public func requireRoom(
    for bytes: Int? = nil,
    available: Int? = nil,
    subject: String
  ) throws(LanguageModelError) {
    let wanted = bytes ?? total
    let available = available ?? SystemMemory.available
    guard wanted > available else { return }
    throw LanguageModelError(
      .insufficientMemory,
      "This takes about \(Self.text(wanted)) of memory (weights \(Self.text(weights)), keys and "
        + "values \(Self.text(cache)), working memory \(Self.text(scratch))); "
        + "\(Self.text(available)) are free.",
      subject: subject,
      remedy: "Ask for a shorter context, import the model with 8 or 4 bits, or use a smaller one."
    )
  }

  private static func text(_ bytes: Int) -> String {
    bytes >= 10 << 30
      ? "\(bytes >> 30) GiB" : bytes >= 10 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
  }
}
