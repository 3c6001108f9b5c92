/// The 64-bit xxHash (XXH64) of a stream of bytes.
///
/// Finds accidental damage at several gigabytes a second; it is no defence against an attacker.
/// Source: the xxHash fast digest algorithm, version 0.2.0 (https://github.com/Cyan4973/xxHash).
public struct Checksum: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private let seed: UInt64
  private var lane1: UInt64
  private var lane2: UInt64
  private var lane3: UInt64
  private var lane4: UInt64
  private var length: UInt64 = 0
  /// Bytes that do not fill a stripe of 32 yet.
  private var rest: [UInt8] = []

  public init(seed: UInt64 = 0) {
    self.seed = seed
    lane1 = seed &+ Self.prime1 &+ Self.prime2
    lane2 = seed &+ Self.prime2
    lane3 = seed
    lane4 = seed &- Self.prime1
    rest.reserveCapacity(32)
  }

  /// The checksum of one buffer.
  public static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var checksum = Checksum(seed: seed)
    checksum.update(bytes)
    return checksum.value
  }

  /// The checksum of a text's UTF-8.
  public static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
    Array(text.utf8).withUnsafeBytes { of($0, seed: seed) }
  }

  /// Takes in more bytes.
  ///
  /// - Complexity: O(*n*).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var position = 0
    if !rest.isEmpty {
      let taken = min(32 - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<taken])
      position = taken
      guard rest.count == 32 else { return }
      let stripe = rest
      stripe.withUnsafeBytes { consume($0, from: 0, stripes: 1) }
      rest.removeAll(keepingCapacity: true)
    }
    let stripes = (bytes.count - position) / 32
    consume(bytes, from: position, stripes: stripes)
    position += stripes * 32
    rest.append(contentsOf: bytes[position...])
  }

  /// The checksum of all bytes taken in so far.
  public var value: UInt64 {
    var hash: UInt64
    if length >= 32 {
      hash =
        Self.rotate(lane1, 1) &+ Self.rotate(lane2, 7) &+ Self.rotate(lane3, 12)
        &+ Self.rotate(lane4, 18)
      for lane in [lane1, lane2, lane3, lane4] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    } else {
      hash = seed &+ Self.prime5
    }
    hash = hash &+ length
    rest.withUnsafeBytes { tail in
      var position = 0
      while position + 8 <= tail.count {
        hash ^= Self.round(0, Self.word(tail, position))
        hash = Self.rotate(hash, 27) &* Self.prime1 &+ Self.prime4
        position += 8
      }
      if position + 4 <= tail.count {
        let half = tail.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        hash ^= UInt64(UInt32(littleEndian: half)) &* Self.prime1
        hash = Self.rotate(hash, 23) &* Self.prime2 &+ Self.prime3
        position += 4
      }
      while position < tail.count {
        hash ^= UInt64(tail[position]) &* Self.prime5
        hash = Self.rotate(hash, 11) &* Self.prime1
        position += 1
      }
    }
    hash = (hash ^ (hash >> 33)) &* Self.prime2
    hash = (hash ^ (hash >> 29)) &* Self.prime3
    return hash ^ (hash >> 32)
  }

  private mutating func consume(_ bytes: UnsafeRawBufferPointer, from start: Int, stripes: Int) {
    var first = lane1
    var second = lane2
    var third = lane3
    var fourth = lane4
    var position = start
    for _ in 0..<stripes {
      first = Self.round(first, Self.word(bytes, position))
      second = Self.round(second, Self.word(bytes, position + 8))
      third = Self.round(third, Self.word(bytes, position + 16))
      fourth = Self.round(fourth, Self.word(bytes, position + 24))
      position += 32
    }
    lane1 = first
    lane2 = second
    lane3 = third
    lane4 = fourth
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    (value &<< bits) | (value &>> (64 - bits))
  }
}
