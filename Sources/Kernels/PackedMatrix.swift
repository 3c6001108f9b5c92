import CKernels

/// A weight matrix laid out for multiplication: panels of 32 outputs, each panel input after input.
///
/// Sendable without checks: written only while it is made or packed again, which nothing else may
/// use it during.
public final class PackedMatrix: @unchecked Sendable {
  /// Length of the vectors that go in.
  public let inputs: Int
  /// Length of the vectors that come out.
  public let outputs: Int

  /// Keeps the memory at `base` alive; perhaps shared with other matrices.
  private let buffer: FloatBuffer
  private let panels: UnsafeMutablePointer<Float>

  /// A packed matrix whose panels are not written yet; packing writes all of them.
  private init(inputs: Int, outputs: Int, arena: WeightArena?) {
    self.inputs = inputs
    self.outputs = outputs
    let count = WeightArena.floats(inputs: inputs, outputs: outputs)
    if let (buffer, offset) = arena?.take(count) {
      self.buffer = buffer
      panels = buffer.base + offset
    } else {
      buffer = FloatBuffer(count: count, isZeroed: false)
      panels = buffer.base
    }
  }

  /// Packs weights stored as a linear layer has them: one row of `inputs` floats per output.
  ///
  /// - Parameters:
  ///   - rows: [outputs × inputs], row after row.
  ///   - inputs: length of the vectors that go in.
  ///   - outputs: length of the vectors that come out.
  ///   - kernels: the kernels that pack.
  ///   - arena: where the packed matrix goes; memory of its own if `nil`.
  /// - Throws: ``KernelError`` if `rows` has not `outputs · inputs` values.
  public convenience init(
    rows: [Float],
    inputs: Int,
    outputs: Int,
    using kernels: KernelSet,
    arena: WeightArena? = nil
  ) throws(KernelError) {
    guard inputs >= 0, outputs >= 0, rows.count == inputs * outputs else {
      throw .shapes("packing", "\(rows.count) values", "[\(outputs) × \(inputs)]")
    }
    self.init(inputs: inputs, outputs: outputs, arena: arena)
    rows.withUnsafeBufferPointer { rows in
      if let base = rows.baseAddress { pack(base, outputs: 0..<outputs, using: kernels) }
    }
  }

  /// Packs the rows of a matrix [outputs × inputs].
  public convenience init(_ weights: Matrix, using kernels: KernelSet, pool: WorkerPool) {
    self.init(inputs: weights.columns, outputs: weights.rows, arena: nil)
    pack(weights, using: kernels, pool: pool)
  }

  /// Packs several row blocks of the same width, one under the other, straight from memory such as
  /// a mapped weight file: for example the query, key and value weights of an attention layer as one
  /// matrix. The blocks need no alignment and must stay unchanged during the call.
  ///
  /// - Parameters:
  ///   - blocks: each [rows × inputs] as it is stored.
  ///   - encoding: how all of them are written, one value after the other: `f32`, `f16` or `bf16`.
  ///   - inputs: length of the vectors that go in.
  ///   - kernels: the kernels that pack.
  ///   - arena: where the packed matrix goes; memory of its own if `nil`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if a block is not a whole number of rows of `inputs` values, a
  ///   block but the last has not a multiple of 32 rows, or values are written in groups.
  public convenience init(
    blocks: [UnsafeRawBufferPointer],
    as encoding: TensorEncoding = .f32,
    inputs: Int,
    using kernels: KernelSet,
    arena: WeightArena? = nil,
    pool: WorkerPool
  ) throws(KernelError) {
    guard encoding.blockValues == 1 else {
      throw .shapes("packing", encoding.name, "plain floats")
    }
    let stride = inputs * encoding.blockBytes
    var firsts: [Int] = []
    var outputs = 0
    for (index, block) in blocks.enumerated() {
      guard inputs > 0, block.count % stride == 0 else {
        throw .shapes("packing", "\(block.count) bytes", "rows of \(inputs) \(encoding.name)")
      }
      guard outputs % CK.panelWidth == 0 else {
        throw .shapes("packing", "block \(index) at row \(outputs)", "panels of \(CK.panelWidth)")
      }
      firsts.append(outputs)
      outputs += block.count / stride
    }
    self.init(inputs: inputs, outputs: outputs, arena: arena)
    for (first, block) in zip(firsts, blocks) {
      let count = block.count / stride
      let source = SharedPointer(block.baseAddress)
      let panels = Self.panels(count)
      pool.ranges(count: panels, grain: 4) { [self] panels in
        let rows = panels.lowerBound * CK.panelWidth..<min(count, panels.upperBound * CK.panelWidth)
        guard let base = source.pointer else { return }
        pack(
          base + rows.lowerBound * stride,
          as: encoding,
          outputs: first + rows.lowerBound..<first + rows.upperBound,
          using: kernels
        )
      }
    }
  }

  /// Whether blocks of so many rows can be packed one under the other.
  public static func canStack(_ rows: Int) -> Bool { rows % CK.panelWidth == 0 }

  /// Packs all rows of a matrix of this one's shape.
  func pack(_ weights: Matrix, using kernels: KernelSet, pool: WorkerPool) {
    pool.ranges(count: Self.panels(outputs), grain: 4) { [self] panels in
      let first = panels.lowerBound * CK.panelWidth
      let end = min(outputs, panels.upperBound * CK.panelWidth)
      pack(weights.base + first * inputs, outputs: first..<end, using: kernels)
    }
  }

  /// Packs the rows of some outputs; their first must be a multiple of the panel width.
  private func pack(_ rows: UnsafePointer<Float>, outputs: Range<Int>, using kernels: KernelSet) {
    kernels.table.pointee.pack(
      rows,
      inputs,
      outputs.count,
      inputs,
      panels + outputs.lowerBound * inputs
    )
  }

  /// Packs rows as they are stored, a panel at a time where they are to be converted.
  private func pack(
    _ rows: UnsafeRawPointer,
    as encoding: TensorEncoding,
    outputs: Range<Int>,
    using kernels: KernelSet
  ) {
    // The C code loads with instructions that accept any alignment.
    guard encoding != .f32 else {
      pack(rows.assumingMemoryBound(to: Float.self), outputs: outputs, using: kernels)
      return
    }
    let stride = inputs * encoding.blockBytes
    withUnsafeTemporaryAllocation(of: Float.self, capacity: CK.panelWidth * inputs) { floats in
      guard let base = floats.baseAddress else { return }
      for first in Swift.stride(from: outputs.lowerBound, to: outputs.upperBound, by: CK.panelWidth)
      {
        let panel = first..<min(first + CK.panelWidth, outputs.upperBound)
        kernels.decoder.pointee.dequantize(
          encoding.identifier,
          (rows + (first - outputs.lowerBound) * stride).assumingMemoryBound(to: UInt8.self),
          panel.count * inputs,
          base
        )
        pack(base, outputs: panel, using: kernels)
      }
    }
  }

  /// The shape as text, for errors.
  public var shape: String { "[\(inputs) → \(outputs)]" }

  var base: UnsafePointer<Float> { UnsafePointer(panels) }

  static func panels(_ outputs: Int) -> Int {
    (outputs + CK.panelWidth - 1) / CK.panelWidth
  }
}
