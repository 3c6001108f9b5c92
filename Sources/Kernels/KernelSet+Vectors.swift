import CKernels

extension KernelSet {
  /// Σ a[i] · b[i].
  ///
  /// - Throws: ``KernelError`` if the lengths differ.
  public func dot(_ a: [Float], _ b: [Float]) throws(KernelError) -> Float {
    guard a.count == b.count else {
      throw .shapes("dot product", "[\(a.count)]", "[\(b.count)]")
    }
    return a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in dot(a.baseAddress, b.baseAddress, a.count) }
    }
  }

  /// Σ a[i] · b[i] over memory that the caller keeps alive and unchanged during the call.
  ///
  /// - Throws: ``KernelError`` if the lengths differ.
  public func dot(
    _ a: UnsafeBufferPointer<Float>,
    _ b: UnsafeBufferPointer<Float>
  ) throws(KernelError) -> Float {
    guard a.count == b.count else {
      throw .shapes("dot product", "[\(a.count)]", "[\(b.count)]")
    }
    return dot(a.baseAddress, b.baseAddress, a.count)
  }

  private func dot(_ a: UnsafePointer<Float>?, _ b: UnsafePointer<Float>?, _ count: Int) -> Float {
    guard let a, let b, count > 0 else { return 0 }
    return table.pointee.dot(a, b, count)
  }

  /// Scales a vector to length 1. A zero vector stays zero.
  public func normalize(_ vector: inout [Float]) {
    let norm = vector.withUnsafeBufferPointer { dot($0.baseAddress, $0.baseAddress, $0.count) }
      .squareRoot()
    guard norm > 0 else { return }
    for index in vector.indices { vector[index] /= norm }
  }
}
