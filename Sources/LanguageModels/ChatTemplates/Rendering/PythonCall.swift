/// The arguments of a call.
struct PythonCall {
  var positional: [PythonValue] = []
  var named: [(name: String, value: PythonValue)] = []

  /// The arguments by parameter, nil where none is given.
  ///
  /// - Parameters:
  ///   - parameters: The names of the parameters, in order.
  ///   - what: What is called, for errors.
  /// - Returns: As many arguments as there are parameters.
  /// - Throws: `PythonError` where an argument has no parameter.
  func bound(to parameters: [String], of what: String) throws -> [PythonValue?] {
    guard positional.count <= parameters.count else {
      throw PythonError("\(what) takes at most \(parameters.count) arguments.")
    }
    var bound = [PythonValue?](repeating: nil, count: parameters.count)
    for (index, value) in positional.enumerated() { bound[index] = value }
    for argument in named {
      guard let index = parameters.firstIndex(of: argument.name), bound[index] == nil else {
        throw PythonError("\(what) cannot take the argument '\(argument.name)'.")
      }
      bound[index] = argument.value
    }
    return bound
  }
}
