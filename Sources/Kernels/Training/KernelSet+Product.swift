import CKernels

extension KernelSet {
  /// output = scale · op(a) · op(b), or output + that where `adds`; op transposes where asked for.
  ///
  /// Each value is summed in an order that depends on the shapes alone.
  ///
  /// - Parameters:
  ///   - a: [m × k], or [k × m] where transposed.
  ///   - aT: whether `a` is transposed.
  ///   - b: [k × n], or [n × k] where transposed.
  ///   - bT: whether `b` is transposed.
  ///   - scale: multiplies the product.
  ///   - adds: whether the product is added to what `output` holds.
  ///   - output: [m × n]; neither `a` nor `b`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func product(
    _ a: Matrix,
    transposed aT: Bool = false,
    _ b: Matrix,
    transposed bT: Bool = false,
    scale: Float = 1,
    adds: Bool = false,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    try product(
      MatrixView(a),
      transposed: aT,
      MatrixView(b),
      transposed: bT,
      scale: scale,
      adds: adds,
      into: MatrixView(output),
      pool: pool
    )
  }

  /// The same for parts of matrices. `output` may be a part of the matrix of `a` or `b` that does not
  /// overlap it.
  ///
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func product(
    _ a: MatrixView,
    transposed aT: Bool = false,
    _ b: MatrixView,
    transposed bT: Bool = false,
    scale: Float = 1,
    adds: Bool = false,
    into output: MatrixView,
    pool: WorkerPool
  ) throws(KernelError) {
    let m = aT ? a.columns.count : a.rows.count
    let k = aT ? a.rows.count : a.columns.count
    let n = bT ? b.rows.count : b.columns.count
    guard a.isInside, b.isInside, k == (bT ? b.columns.count : b.rows.count) else {
      throw .shapes(
        "product",
        "\(a.shape)\(aT ? " transposed" : "")",
        "\(b.shape)\(bT ? " transposed" : "")"
      )
    }
    guard output.isInside, output.rows.count == m, output.columns.count == n,
      !output.overlaps(a), !output.overlaps(b)
    else {
      throw .shapes("product", "[\(m) × \(n)]", "output \(output.shape)")
    }
    guard m > 0, n > 0 else { return }
    let work = Product(
      a: a.base,
      b: b.base,
      c: output.base,
      lda: a.matrix.columns,
      ldb: b.matrix.columns,
      ldc: output.matrix.columns,
      m: m,
      n: n,
      k: k,
      transposesA: aT,
      transposesB: bT,
      scale: scale,
      adds: adds
    )
    work.run(kernels: self, pool: pool)
  }
}
