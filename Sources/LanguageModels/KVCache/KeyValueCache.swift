public import Kernels

/// The keys and values of the tokens that a decoder has read so far, for one sequence, and the tokens
/// themselves. Sliding layers keep only what they can still see.
///
/// Sendable without checks: as for `Matrix`, only one operation at a time may use a cache.
public final class KeyValueCache: @unchecked Sendable {
  /// The most tokens of the sequence.
  public let capacity: Int
  /// How the numbers are kept.
  public let precision: AttentionCache.Precision
  /// The adapter that the tokens are read with, if any.
  public let adapter: DecoderAdapter?
  /// The tokens read so far.
  public private(set) var tokens: [Int32] = []

  let configuration: DecoderConfiguration
  let layers: [AttentionCache]
  /// Whether the second of two sets of position frequencies is in use.
  var usesLongFrequencies = false

  /// The sequence length from which on the second set holds, if there are two.
  private let switchLength: Int?

  /// The most tokens ever held since the cache was last empty: what is overwritten in the rings of
  /// sliding layers depends on it.
  private var furthest = 0

  /// How many tokens have been read.
  public var count: Int { tokens.count }

  /// Bytes that the cache takes.
  public var byteCount: Int { layers.reduce(0) { $0 + $1.byteCount } }

  init(
    _ configuration: DecoderConfiguration,
    capacity: Int,
    precision: AttentionCache.Precision,
    adapter: DecoderAdapter? = nil
  ) throws(LanguageModelError) {
    self.adapter = adapter
    self.configuration = configuration
    self.capacity = capacity
    self.precision = precision
    switchLength = configuration.rotary.switchLength
    layers = try Self.layers(configuration, capacity: capacity, precision: precision)
  }

  /// The caches of all layers, in one block of memory.
  private static func layers(
    _ configuration: DecoderConfiguration,
    capacity: Int,
    precision: AttentionCache.Precision
  ) throws(LanguageModelError) -> [AttentionCache] {
    let capacities = (0..<configuration.layers).map {
      Self.capacity(ofLayer: $0, configuration, capacity)
    }
    do throws(KernelError) {
      return try AttentionCache.layers(
        capacities: capacities,
        heads: configuration.keyValueHeads,
        headSize: configuration.headSize,
        precision: precision
      )
    } catch {
      throw LanguageModelError(error, subject: "key-value cache")
    }
  }

  /// The positions that a layer keeps for a sequence of up to `capacity` tokens.
  static func capacity(
    ofLayer layer: Int,
    _ configuration: DecoderConfiguration,
    _ capacity: Int
  ) -> Int {
    guard let window = configuration.window(ofLayer: layer) else { return capacity }
    return min(capacity, window + CausalDecoder.chunk)
  }

  /// Forgets all tokens.
  public func removeAll() {
    tokens = []
    furthest = 0
    usesLongFrequencies = false
  }

  /// Forgets the tokens after the first `count`, or all where that state cannot be had again: a
  /// sliding layer has dropped what it would need, or other position frequencies would hold.
  ///
  /// - Returns: how many tokens are left, `count` or 0.
  @discardableResult
  public func truncate(to count: Int) -> Int {
    guard count < tokens.count else { return tokens.count }
    let needsShort = switchLength.map { count <= $0 } ?? false
    guard count > 0, holdsWindow(before: count), !(usesLongFrequencies && needsShort) else {
      removeAll()
      return 0
    }
    tokens.removeLast(tokens.count - count)
    return count
  }

  /// How many tokens at the front of `other` the cache holds already.
  public func sharedPrefix(with other: [Int32]) -> Int {
    zip(tokens, other).prefix { $0 == $1 }.count
  }

  func append(_ new: [Int32]) {
    tokens += new
    furthest = max(furthest, tokens.count)
  }

  /// Whether the sliding layers still hold all that a token at position `count` sees.
  private func holdsWindow(before count: Int) -> Bool {
    for (index, layer) in layers.enumerated() {
      guard let window = configuration.window(ofLayer: index) else { continue }
      // The ring holds the positions from furthest - capacity on.
      guard furthest - layer.capacity <= max(0, count + 1 - window) else { return false }
    }
    return true
  }
}
