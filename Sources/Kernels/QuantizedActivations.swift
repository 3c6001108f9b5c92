import CKernels

/// Activations in 8 bits, one f32 scale per row and group of 32: what a ``QuantizedMatrix`` is
/// multiplied with. A workspace: made once for the largest shape, filled again and again by
/// ``KernelSet/quantize(_:rows:into:pool:)``, and used for every matrix that takes the same input.
///
/// Sendable without checks: as for ``Matrix``, only one operation at a time may fill it, and none
/// may use it meanwhile.
public final class QuantizedActivations: @unchecked Sendable {
  /// Most rows it can hold.
  public let capacity: Int
  /// Most values of a row.
  public let widest: Int
  /// Rows it holds now.
  public private(set) var rows = 0
  /// Values of each row now.
  public private(set) var columns = 0

  private let codes: FloatBuffer
  private let scales: FloatBuffer
  private let starts: FloatBuffer
  private let offsets: FloatBuffer

  /// Room for `capacity` rows of up to `widest` values.
  public init(capacity: Int, widest: Int) {
    precondition(capacity > 0 && widest > 0, "a workspace has room")
    self.capacity = capacity
    self.widest = widest
    let groups = capacity * Self.groups(widest)
    codes = FloatBuffer(count: groups * CK.group / MemoryLayout<Float>.stride, isZeroed: false)
    scales = FloatBuffer(count: groups, isZeroed: false)
    starts = FloatBuffer(count: groups, isZeroed: false)
    offsets = FloatBuffer(count: groups, isZeroed: false)
  }

  /// The shape as text, for errors.
  public var shape: String { "[\(rows) × \(columns)] in [\(capacity) × \(widest)]" }

  static func groups(_ columns: Int) -> Int { (columns + CK.group - 1) / CK.group }

  func reshape(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// The memory from one row on.
  func pointers(from row: Int) -> ck_activations {
    let first = row * Self.groups(columns)
    return ck_activations(
      codes: UnsafeMutableRawPointer(codes.base).assumingMemoryBound(to: Int8.self)
        + first * CK.group,
      scales: scales.base + first,
      starts: UnsafeMutableRawPointer(starts.base).assumingMemoryBound(to: Int32.self) + first,
      offsets: offsets.base + first
    )
  }
}
