import CKernels

/// The keys and values that one attention layer has computed so far, for one sequence.
///
/// A ring of positions: position p takes the place of position p − capacity. A layer that looks back
/// over a window of w positions, and is given at most n tokens at once, needs a capacity of
/// w + n − 1; one that looks back over everything needs the longest sequence. The cache does not
/// count positions; its owner does. To go back to an earlier position, store there again.
///
/// Memory, in values: 2 · heads · capacity · headSize, capacity rounded up to a multiple of 32 and
/// the size of a head, for values, to a multiple of 16.
///
/// Sendable without checks: the storage neither moves nor changes size; as for ``Matrix``, only one
/// operation at a time may write it, and none may read it meanwhile.
public final class AttentionCache: @unchecked Sendable {
  /// How the numbers are kept.
  public enum Precision: String, Sendable, CaseIterable {
    case float16
    case float32

    /// Bytes of one number.
    public var bytes: Int { self == .float16 ? 2 : 4 }
  }

  /// Key-value heads.
  public let heads: Int
  /// Values of a head.
  public let headSize: Int
  /// Positions that the cache keeps: what was asked for, rounded up to a multiple of 32.
  public let capacity: Int
  /// How the numbers are kept.
  public let precision: Precision

  /// Keeps the memory at `base` alive; perhaps shared with other layers.
  private let buffer: FloatBuffer
  private let base: UnsafeMutableRawPointer

  /// An empty cache.
  ///
  /// - Throws: ``KernelError`` if a size is not positive or the product is beyond all memory.
  public convenience init(
    heads: Int,
    headSize: Int,
    capacity: Int,
    precision: Precision
  ) throws(KernelError) {
    let bytes = try Self.byteCount(
      heads: heads,
      headSize: headSize,
      capacity: capacity,
      precision: precision
    )
    self.init(
      heads: heads,
      headSize: headSize,
      capacity: capacity,
      precision: precision,
      buffer: Self.memory(bytes),
      offset: 0
    )
  }

  private init(
    heads: Int,
    headSize: Int,
    capacity: Int,
    precision: Precision,
    buffer: FloatBuffer,
    offset: Int
  ) {
    self.heads = heads
    self.headSize = headSize
    self.capacity = Self.rounded(capacity, to: CK.panelWidth)
    self.precision = precision
    self.buffer = buffer
    base = UnsafeMutableRawPointer(buffer.base) + offset
  }

  /// Empty caches, one per layer, in one block of memory: in huge pages, where the system has them,
  /// which reads faster than a block each.
  ///
  /// - Parameters:
  ///   - capacities: the positions that each layer keeps.
  ///   - heads: key-value heads of every layer.
  ///   - headSize: values of a head.
  ///   - precision: how the numbers are kept.
  /// - Returns: the caches in the order of their capacities.
  /// - Throws: ``KernelError`` if a size is not positive or the sum is beyond all memory.
  public static func layers(
    capacities: [Int],
    heads: Int,
    headSize: Int,
    precision: Precision
  ) throws(KernelError) -> [AttentionCache] {
    var offsets: [Int] = []
    var total = 0
    for capacity in capacities {
      offsets.append(total)
      let bytes = try byteCount(
        heads: heads,
        headSize: headSize,
        capacity: capacity,
        precision: precision
      )
      let (sum, overflow) = total.addingReportingOverflow(bytes)
      guard !overflow else {
        throw .tooLarge("attention cache of \(capacities.count) layers")
      }
      total = sum
    }
    let buffer = memory(total)
    return zip(capacities, offsets).map { capacity, offset in
      AttentionCache(
        heads: heads,
        headSize: headSize,
        capacity: capacity,
        precision: precision,
        buffer: buffer,
        offset: offset
      )
    }
  }

  // A whole number of floats: 32 positions at a time.
  private static func memory(_ bytes: Int) -> FloatBuffer {
    FloatBuffer(count: bytes / MemoryLayout<Float>.stride, isZeroed: false)
  }

  /// The bytes of such a cache.
  ///
  /// - Throws: ``KernelError`` if a size is not positive or the product is beyond all memory.
  public static func byteCount(
    heads: Int,
    headSize: Int,
    capacity: Int,
    precision: Precision
  ) throws(KernelError) -> Int {
    guard heads > 0, headSize > 0, capacity > 0 else {
      throw .shapes("attention cache", "\(heads) heads [\(headSize)]", "capacity \(capacity)")
    }
    let limit = 1 << 31
    guard heads < limit, headSize < 1 << 16, capacity < limit else {
      throw .tooLarge("attention cache of \(capacity) positions")
    }
    let (columns, positions) = (headSize + rounded(headSize, to: 16), rounded(capacity, to: 32))
    let (values, overflow) = (columns * heads).multipliedReportingOverflow(by: positions)
    let (bytes, overflows) = values.multipliedReportingOverflow(by: precision.bytes)
    guard !overflow, !overflows else {
      throw .tooLarge("attention cache of \(capacity) positions")
    }
    return bytes
  }

  /// Bytes that the cache takes.
  public var byteCount: Int { heads * capacity * (headSize + stride) * precision.bytes }

  /// The shape as text, for errors.
  public var shape: String { "[\(capacity) × \(heads) heads of \(headSize)]" }

  /// Floats from one position's values to the next.
  var stride: Int { Self.rounded(headSize, to: 16) }

  var isHalf: Bool { precision == .float16 }

  /// The key panels of one head, [capacity / 32 × headSize × 32].
  func keys(_ head: Int) -> UnsafeMutableRawPointer {
    base + head * capacity * headSize * precision.bytes
  }

  /// The values of one head, [capacity × stride].
  func values(_ head: Int) -> UnsafeMutableRawPointer {
    keys(heads) + head * capacity * stride * precision.bytes
  }

  private static func rounded(_ count: Int, to multiple: Int) -> Int {
    (count + multiple - 1) / multiple * multiple
  }
}
