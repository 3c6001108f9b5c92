public import Kernels

extension CausalDecoder {
  /// An empty cache for one sequence.
  ///
  /// - Parameters:
  ///   - capacity: the most tokens; the model's context if `nil`.
  ///   - precision: how keys and values are kept; if `nil`, 32-bit floats where the weights are
  ///     those, else 16-bit.
  ///   - adapter: what the forward pass adds to the model, since keys and values depend on it; from
  ///     ``prepare(_:)``.
  /// - Returns: the cache.
  /// - Throws: `LanguageModelError` if the capacity is no such number, beyond the model's context, or
  ///   more than the machine's memory holds.
  public func makeCache(
    capacity: Int? = nil,
    precision: AttentionCache.Precision? = nil,
    adapter: DecoderAdapter? = nil
  ) throws(LanguageModelError) -> KeyValueCache {
    let capacity = capacity ?? configuration.contextLength
    guard capacity >= 1, capacity <= configuration.contextLength else {
      throw LanguageModelError(
        .contextExceeded,
        "A context of \(capacity) tokens is asked for; the model was made for "
          + "\(configuration.contextLength).",
        subject: "key-value cache",
        remedy: "Ask for 1 to \(configuration.contextLength) tokens."
      )
    }
    let precision = precision ?? Self.cachePrecision(for: self.precision)
    let estimate = MemoryEstimate(
      configuration,
      weights: self.precision,
      context: capacity,
      cache: precision
    )
    try estimate.requireRoom(for: estimate.cache + estimate.scratch, subject: "key-value cache")
    return try KeyValueCache(
      configuration,
      capacity: capacity,
      precision: precision,
      adapter: adapter
    )
  }

  /// How keys and values are kept for weights of some precision.
  static func cachePrecision(for weights: WeightPrecision) -> AttentionCache.Precision {
    weights == .float32 ? .float32 : .float16
  }
}
