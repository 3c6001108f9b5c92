import CKernels

extension KernelSet {
  /// x · Φ(x) of each value of the given rows, with the error function.
  ///
  /// - Parameters:
  ///   - input: [≥ rows.upperBound × columns].
  ///   - rows: the rows to compute.
  ///   - output: as `input`, and may be it.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func gelu(
    _ input: Matrix,
    rows: Range<Int>,
    into output: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let views = [input, output].map { MatrixView($0, rows: rows) }
    try eachRow("GELU", views, pool: pool) { p, count in
      if p[1] != p[0] { p[1].update(from: p[0], count: count) }
      table.pointee.gelu(p[1], count)
    }
  }

  /// The backward pass of ``gelu(_:rows:into:pool:)``.
  ///
  /// - Parameters:
  ///   - input: what GELU was applied to, [≥ rows.upperBound × columns].
  ///   - rows: the rows to compute.
  ///   - gradient: of the output, as `input`.
  ///   - inputGradient: as `input`, written; may be `gradient` or `input`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func geluBackward(
    _ input: Matrix,
    rows: Range<Int>,
    gradient: Matrix,
    into inputGradient: Matrix,
    pool: WorkerPool
  ) throws(KernelError) {
    let views = [input, gradient, inputGradient].map { MatrixView($0, rows: rows) }
    try eachRow("GELU backwards", views, pool: pool) { p, count in
      training.pointee.gelu_backward(p[0], p[1], p[2], count)
    }
  }

  /// output = activation(gate) · up, element by element.
  ///
  /// - Parameters:
  ///   - gate: [n × columns].
  ///   - up: as `gate`.
  ///   - activation: what is applied to the gate.
  ///   - output: as `gate`; may be `gate` or `up`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func gate(
    _ gate: MatrixView,
    _ up: MatrixView,
    activation: GatedActivation,
    into output: MatrixView,
    pool: WorkerPool
  ) throws(KernelError) {
    try eachRow("gated activation", [gate, up, output], pool: pool) { p, count in
      switch activation {
      case .silu: decoder.pointee.silu_multiply(p[0], p[1], p[2], count)
      case .geluTanh: decoder.pointee.gelu_multiply(p[0], p[1], p[2], count)
      }
    }
  }

  /// The backward pass of ``gate(_:_:activation:into:pool:)``.
  ///
  /// - Parameters:
  ///   - gate: [n × columns].
  ///   - up: as `gate`.
  ///   - activation: what was applied to the gate.
  ///   - gradient: of the output, as `gate`.
  ///   - gateGradient: as `gate`, written; it and `upGradient` may be any of the other three.
  ///   - upGradient: as `gate`, written; not `gateGradient`.
  ///   - pool: the threads to use.
  /// - Throws: ``KernelError`` if the shapes do not fit.
  public func gateBackward(
    _ gate: MatrixView,
    _ up: MatrixView,
    activation: GatedActivation,
    gradient: MatrixView,
    intoGate gateGradient: MatrixView,
    up upGradient: MatrixView,
    pool: WorkerPool
  ) throws(KernelError) {
    let name = "gated activation backwards"
    guard !gateGradient.overlaps(upGradient) else {
      throw .shapes(name, "gate gradient \(gateGradient.shape)", "up \(upGradient.shape)")
    }
    let views = [gate, up, gradient, gateGradient, upGradient]
    try eachRow(name, views, pool: pool) { p, count in
      switch activation {
      case .silu: training.pointee.silu_backward(p[0], p[1], p[2], p[3], p[4], count)
      case .geluTanh: training.pointee.gelu_gate_backward(p[0], p[1], p[2], p[3], p[4], count)
      }
    }
  }

  /// Calls `body` with the same row of each view and how many values it has; the views must be of
  /// one shape.
  private func eachRow(
    _ operation: String,
    _ views: [MatrixView],
    pool: WorkerPool,
    _ body: @Sendable ([UnsafeMutablePointer<Float>], Int) -> Void
  ) throws(KernelError) {
    let first = views[0]
    for view in views
    where !view.isInside || view.rows.count != first.rows.count
      || view.columns.count != first.columns.count
    {
      throw .shapes(operation, first.shape, view.shape)
    }
    let count = first.columns.count
    guard count > 0 else { return }
    pool.ranges(count: first.rows.count, grain: max(1, 4096 / count)) { rows in
      var places = views.map { $0.base + rows.lowerBound * $0.matrix.columns }
      for _ in rows {
        body(places, count)
        for (index, view) in views.enumerated() { places[index] += view.matrix.columns }
      }
    }
  }
}
