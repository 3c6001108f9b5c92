import Kernels

/// A norm's scale or a bias: as the model came, or trained.
enum TrainableVector {
  case frozen([Float])
  case trained(Parameter)

  var values: [Float] {
    switch self {
    case .frozen(let values): values
    case .trained(let parameter): parameter.value.row(0)
    }
  }

  /// [1 × count]; `nil` where it is frozen.
  var gradient: Matrix? {
    switch self {
    case .frozen: nil
    case .trained(let parameter): parameter.gradient
    }
  }

  var isTrained: Bool { gradient != nil }

  /// A vector of a model, as a parameter of the given name if there is one.
  init(_ values: [Float], trainedAs name: String?) throws {
    guard let name else {
      self = .frozen(values)
      return
    }
    let matrix = try Matrix(rows: 1, columns: values.count, values: values)
    self = .trained(Parameter(name, matrix, isDecayed: false))
  }

  var parameter: Parameter? {
    if case .trained(let parameter) = self { return parameter }
    return nil
  }
}
