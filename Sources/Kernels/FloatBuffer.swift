import Foundation

/// Floats at an address that is a multiple of 64 bytes, or of a huge page for large buffers.
///
/// Sendable without checks: the memory stays where it is until the buffer goes; who may write to it
/// is the owner's contract (``Matrix``, ``PackedMatrix``).
final class FloatBuffer: @unchecked Sendable {
  let count: Int
  let base: UnsafeMutablePointer<Float>
  private let raw: UnsafeMutableRawPointer

  private static let hugePage = 2 << 20

  /// Memory for `count` floats. Without `isZeroed` each must be written before it is read.
  init(count: Int, isZeroed: Bool = true) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = bytes >= 2 * Self.hugePage
    raw = .allocate(byteCount: bytes, alignment: isLarge ? Self.hugePage : 64)
    #if os(Linux)
      // Fewer page faults and translation misses; only advice, so a refusal changes nothing.
      if isLarge { _ = madvise(raw, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    base =
      isZeroed
      ? raw.initializeMemory(as: Float.self, repeating: 0, count: max(count, 1))
      : raw.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  deinit {
    raw.deallocate()
  }
}
