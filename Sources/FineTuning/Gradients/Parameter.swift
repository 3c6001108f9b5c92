public import Kernels

/// A matrix that training changes, with the gradient of the loss with respect to it.
///
/// Used by one thread at a time; operations on it share the work among threads themselves.
public final class Parameter {
  /// The name that it has in files, such as `model.layers.0.self_attn.q_proj.lora_A.weight`.
  public let name: String
  /// The values, [rows × columns]; a vector is one row.
  public let value: Matrix
  /// The gradient, of the same shape; operations add to it.
  public let gradient: Matrix
  /// Whether weight decay applies: to matrices, not to norms and biases.
  public let isDecayed: Bool

  /// A parameter with a gradient of zeros.
  public init(_ name: String, _ value: Matrix, isDecayed: Bool = true) {
    self.name = name
    self.value = value
    self.isDecayed = isDecayed
    gradient = Matrix(rows: value.rows, columns: value.columns)
  }
}
