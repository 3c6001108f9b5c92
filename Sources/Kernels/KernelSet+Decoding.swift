import CKernels

extension KernelSet {
  /// The values of an encoded tensor, or of a whole number of its blocks, as floats.
  ///
  /// - Parameters:
  ///   - bytes: the encoded values, of any alignment.
  ///   - encoding: how they are written.
  ///   - values: the result; its length says how many values.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the lengths do not fit.
  public func dequantize(
    _ bytes: UnsafeRawBufferPointer,
    as encoding: TensorEncoding,
    into values: UnsafeMutableBufferPointer<Float>,
    pool: WorkerPool
  ) throws(KernelError) {
    guard encoding.byteCount(of: values.count) == bytes.count else {
      throw .shapes(
        "dequantising",
        "\(bytes.count) bytes of \(encoding.name)",
        "[\(values.count)]"
      )
    }
    guard let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let target = values.baseAddress
    else { return }
    let p = SharedPointer((source: source, target: target, kernels: decoder))
    let (width, size) = (encoding.blockValues, encoding.blockBytes)
    let code = encoding.identifier
    pool.ranges(count: values.count / width, grain: max(1, 65_536 / width)) { blocks in
      p.pointer.kernels.pointee.dequantize(
        code,
        p.pointer.source + blocks.lowerBound * size,
        blocks.count * width,
        p.pointer.target + blocks.lowerBound * width
      )
    }
  }

  /// The index of the highest value, the first of equals; `nil` if no value is a number.
  public func argmax(_ values: UnsafeBufferPointer<Float>) -> Int? {
    guard let base = values.baseAddress, !values.isEmpty else { return nil }
    let index = decoder.pointee.argmax(base, values.count)
    return index < 0 ? nil : index
  }

  /// The index of the highest value, the first of equals; `nil` if no value is a number.
  public func argmax(_ values: [Float]) -> Int? {
    values.withUnsafeBufferPointer { argmax($0) }
  }
}
