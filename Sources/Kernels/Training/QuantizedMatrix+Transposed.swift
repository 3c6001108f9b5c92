import CKernels

extension QuantizedMatrix {
  /// The transposed matrix, quantised anew along the other side: what turns gradients of this
  /// matrix's outputs into gradients of its inputs. Needs up to 64 MiB besides the result.
  ///
  /// - Throws: ``KernelError`` if a weight is not finite.
  public func transposed(
    using kernels: KernelSet,
    pool: WorkerPool
  ) throws(KernelError) -> QuantizedMatrix {
    let builder = try QuantizedMatrixBuilder(
      inputs: outputs,
      outputs: inputs,
      format: format,
      using: kernels,
      pool: pool
    )
    let group = CK.group
    let most = max(group, (16 << 20) / outputs / group * group)
    let outputs = outputs
    let identifier = format.identifier
    let blockBytes = format.blockBytes
    let block = Matrix(uninitializedRows: min(most, inputs), columns: outputs)
    var first = 0
    while first < inputs {
      let count = min(most, inputs - first)
      let start = first
      pool.ranges(count: PackedMatrix.panels(outputs), grain: 1) { [self] panels in
        let width = CK.panelWidth
        let rows = FloatBuffer(count: width * count, isZeroed: false)
        let columns = FloatBuffer(count: width * count, isZeroed: false)
        for panel in panels {
          let lanes = min(width, outputs - panel * width)
          let bytes = base + panel * panelBytes + start / group * blockBytes
          for lane in 0..<lanes {
            ck_unpack_output(bytes, Int32(lane), count, identifier, rows.base + lane * count)
          }
          kernels.table.pointee.pack(rows.base, count, lanes, count, columns.base)
          for input in 0..<count {
            (block.base + input * outputs + panel * width).update(
              from: columns.base + input * width,
              count: lanes
            )
          }
        }
      }
      try builder.append(UnsafeBufferPointer(start: block.base, count: count * outputs))
      first += count
    }
    return try builder.finish()
  }
}
