import CKernels

/// Makes a ``QuantizedMatrix`` from its rows, some at a time, so that the weights need never be in
/// memory as floats all at once. Rows of several tensors, such as query, key and value weights, can
/// follow one another in one matrix.
public final class QuantizedMatrixBuilder {
  /// Length of the vectors that go in.
  public let inputs: Int
  /// Length of the vectors that come out, which is the number of rows to append.
  public let outputs: Int
  /// How the weights are written.
  public let format: QuantizedFormat
  /// Rows appended so far.
  public private(set) var rows = 0

  private let buffer: FloatBuffer
  private let pool: WorkerPool
  private let kernels: KernelSet

  /// A builder of a matrix of these sides.
  ///
  /// - Throws: ``KernelError`` if a side is not positive or the size is beyond all memory.
  public init(
    inputs: Int,
    outputs: Int,
    format: QuantizedFormat,
    using kernels: KernelSet,
    pool: WorkerPool = .shared
  ) throws(KernelError) {
    let count = try QuantizedMatrix.packedByteCount(
      inputs: inputs,
      outputs: outputs,
      format: format
    )
    self.inputs = inputs
    self.outputs = outputs
    self.format = format
    self.pool = pool
    self.kernels = kernels
    buffer = FloatBuffer(count: count / MemoryLayout<Float>.stride)
  }

  /// Quantises the next rows.
  ///
  /// - Parameter weights: [rows × inputs].
  /// - Throws: ``KernelError`` if that is no whole number of rows, more than are missing, or a
  ///   weight is not finite or above 65,000.
  public func append(_ weights: UnsafeBufferPointer<Float>) throws(KernelError) {
    let count = weights.count / inputs
    guard weights.count % inputs == 0, count <= outputs - rows else {
      throw .shapes("quantising", "\(weights.count) weights", "\(outputs - rows) rows of \(inputs)")
    }
    guard let base = weights.baseAddress else { return }
    let p = SharedPointer((weights: base, bytes: bytes))
    let inputs = inputs
    let format = format.identifier
    let first = rows
    try eachRow(of: count) { row, panel, lane in
      ck_pack_output(
        p.pointer.weights + (row - first) * inputs,
        inputs,
        format,
        p.pointer.bytes + panel,
        lane
      ) != 0
    }
  }

  /// Quantises the next rows.
  ///
  /// - Parameter weights: [rows × inputs].
  /// - Throws: ``KernelError`` as the other form does.
  public func append(_ weights: [Float]) throws(KernelError) {
    var failure: KernelError?
    weights.withUnsafeBufferPointer { weights in
      do throws(KernelError) { try append(weights) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Appends the next rows from the bytes of a tensor, each row a whole number of its encoding's
  /// blocks. Where the format holds that encoding (Q8_0 in 8 bits; Q4_0, Q4_1, Q4_K in 4 bits) the
  /// codes are taken as they are; else the weights are quantised anew.
  ///
  /// - Parameters:
  ///   - blocks: the bytes of the rows, of any alignment.
  ///   - encoding: how they are written.
  /// - Throws: ``KernelError`` if that is no whole number of rows, more than are missing, or a
  ///   weight is not finite or above 65,000.
  public func append(
    _ blocks: UnsafeRawBufferPointer,
    as encoding: TensorEncoding
  ) throws(KernelError) {
    guard let rowBytes = encoding.byteCount(of: inputs), rowBytes > 0,
      blocks.count % rowBytes == 0, blocks.count / rowBytes <= outputs - rows
    else {
      throw .shapes(
        "quantising",
        "\(blocks.count) bytes of \(encoding.name)",
        "\(outputs - rows) rows of \(inputs)"
      )
    }
    guard let base = blocks.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let p = SharedPointer((blocks: base, bytes: bytes, kernels: kernels.decoder))
    let inputs = inputs
    let format = format.identifier
    let code = encoding.identifier
    let repacks = ck_can_repack(code, format) != 0
    let first = rows
    try eachRow(of: blocks.count / rowBytes) { row, panel, lane in
      let source = p.pointer.blocks + (row - first) * rowBytes
      let target = p.pointer.bytes + panel
      if repacks, ck_repack_output(code, source, inputs, format, target, lane) != 0 { return true }
      return withUnsafeTemporaryAllocation(of: Float.self, capacity: inputs) { weights in
        guard let weights = weights.baseAddress else { return false }
        p.pointer.kernels.pointee.dequantize(code, source, inputs, weights)
        return ck_pack_output(weights, inputs, format, target, lane) != 0
      }
    }
  }

  /// The finished matrix.
  ///
  /// - Throws: ``KernelError`` if rows are missing.
  public func finish() throws(KernelError) -> QuantizedMatrix {
    guard rows == outputs else {
      throw .shapes("quantised matrix", "\(rows) rows", "\(outputs) outputs")
    }
    return try QuantizedMatrix(
      packed: UnsafeRawBufferPointer(
        start: buffer.base,
        count: buffer.count * MemoryLayout<Float>.stride
      ),
      inputs: inputs,
      outputs: outputs,
      format: format,
      owner: buffer
    )
  }

  private var bytes: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(buffer.base).assumingMemoryBound(to: UInt8.self)
  }

  /// Calls `body` with the next rows, the offset of each row's panel and its place there. One
  /// thread has a panel to itself, as its outputs share bytes.
  private func eachRow(
    of count: Int,
    _ body: @Sendable (_ row: Int, _ panel: Int, _ lane: Int32) -> Bool
  ) throws(KernelError) {
    guard count > 0 else { return }
    let first = rows
    let end = rows + count
    let width = CK.panelWidth
    let panelBytes = (inputs + CK.group - 1) / CK.group * format.blockBytes
    let firstPanel = first / width
    let panels = (end - 1) / width + 1 - firstPanel
    let failure = FirstFailure()
    let format = format
    pool.ranges(count: panels, grain: 1) { range in
      for panel in range.lowerBound + firstPanel..<range.upperBound + firstPanel {
        for row in max(first, panel * width)..<min(end, (panel + 1) * width)
        where !body(row, panel * panelBytes, Int32(row % width)) {
          let error = KernelError(
            .invalidValue,
            "Row \(row) has a weight that is not finite or too large for \(format.rawValue).",
            subject: "row \(row)",
            remedy: "Check that the model file is whole."
          )
          failure.note(error, part: row)
        }
      }
    }
    if let error = failure.error as? KernelError { throw error }
    rows = end
  }
}
