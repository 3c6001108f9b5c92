import Kernels

/// A result on a tape, and the gradient of the loss with respect to it once the way back reaches it.
final class Variable {
  let rows: Int
  let columns: Int
  private var kept: Matrix?
  private let remake: (() throws -> Matrix)?
  /// Whether anything that is trained lies before it, so that its gradient is of use.
  let isTracked: Bool
  /// The gradient as far as it has been summed; `nil` where nothing has been added yet.
  private(set) var gradient: Matrix?

  /// - Parameters:
  ///   - value: the result.
  ///   - isTracked: whether its gradient is of use.
  ///   - remake: computes the result again, where that is cheaper than to keep it until the way back.
  init(_ value: Matrix, isTracked: Bool, remake: (() throws -> Matrix)? = nil) {
    kept = value
    rows = value.rows
    columns = value.columns
    self.isTracked = isTracked
    self.remake = remake
  }

  /// The result; one row for each token.
  var value: Matrix {
    get throws {
      if let kept { return kept }
      guard let remake else { preconditionFailure("only what can be made again is let go") }
      let made = try remake()
      kept = made
      return made
    }
  }

  /// Lets the result go until it is asked for again, if it can be made again.
  func letGo() {
    if remake != nil { kept = nil }
  }

  /// Where the way back puts a part of the gradient: the matrix, and whether it holds parts already
  /// that the new one is to be added to. Otherwise every value of it must be written.
  func sink() -> (matrix: Matrix, adds: Bool) {
    if let gradient { return (gradient, true) }
    let made = Matrix(uninitializedRows: rows, columns: columns)
    gradient = made
    return (made, false)
  }

  /// The gradient for operations that always add to it.
  func summedGradient() -> Matrix {
    let (matrix, adds) = sink()
    if !adds { matrix.fill(0) }
    return matrix
  }

  /// Adds a gradient that its owner no longer needs.
  func give(_ part: Matrix, _ tape: Tape) throws {
    guard isTracked else { return }
    guard let gradient else {
      gradient = part
      return
    }
    try tape.kernels.add(part, into: gradient, pool: tape.pool)
  }

  /// Uses memory that its owner no longer needs as the gradient; every value of it must be written.
  func adopt(_ memory: Matrix) {
    gradient = memory
  }
}
