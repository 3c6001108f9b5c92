import Synchronization

/// One block of memory for many packed matrices.
///
/// A model's weights in one block lie in huge pages, which makes loading them and walking over them
/// faster than in a block each. A matrix that finds no room gets memory of its own.
public final class WeightArena: Sendable {
  private let buffer: FloatBuffer
  private let used = Mutex(0)

  /// Memory for `capacity` floats, taken from the system only as it is written.
  public init(capacity: Int) {
    buffer = FloatBuffer(count: max(capacity, 0), isZeroed: false)
  }

  /// The floats that a packed matrix of these sides takes.
  public static func floats(inputs: Int, outputs: Int) -> Int {
    PackedMatrix.panels(outputs) * CK.panelWidth * inputs
  }

  /// Room for some floats, or `nil` if there is not enough.
  func take(_ count: Int) -> (buffer: FloatBuffer, offset: Int)? {
    used.withLock { used in
      guard count <= buffer.count - used else { return nil }
      defer { used += count }
      return (buffer, used)
    }
  }
}
