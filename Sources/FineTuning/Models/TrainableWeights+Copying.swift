import Kernels

extension PackedMatrix {
  /// The weights as a matrix [outputs × inputs].
  func unpacked() -> Matrix {
    let rows = Matrix(uninitializedRows: outputs, columns: inputs)
    for index in 0..<outputs {
      let values = row(index)
      rows.withRow(index) { row in
        for column in row.indices { row[column] = values[column] }
      }
    }
    return rows
  }
}

extension TrainableWeights {
  /// A copy of weights that is trained.
  ///
  /// - Parameters:
  ///   - packed: the weights as the model came; they stay as they are.
  ///   - paths: the names of the layers that they are made of, in the order of their outputs, without
  ///     `.weight`; the parameter has them joined by "+".
  ///   - kernels: the kernels that pack the copy.
  ///   - pool: the threads to use.
  /// - Returns: the copy.
  static func trained(
    copying packed: PackedMatrix,
    of paths: [String],
    kernels: KernelSet,
    pool: WorkerPool
  ) -> TrainableWeights {
    let rows = packed.unpacked()
    let name = fusedName(paths) + ".weight"
    return .trained(Parameter(name, rows), PackedMatrix(rows, using: kernels, pool: pool))
  }

  /// The name of what several layers have as one.
  static func fusedName(_ paths: [String]) -> String { paths.joined(separator: "+") }
}
