/// What methods give when they are called.
extension PythonMethods {
  static func call(
    _ method: PythonMethod,
    _ call: PythonCall,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    let budget = interpreter.budget
    switch method.receiver {
    case .string(let text): return try callString(text, method.name, call, budget)
    case .markup: throw PythonError.unsupported("The method '\(method.name)' of a marked string")
    case .dictionary(let dictionary):
      return try callDictionary(dictionary, method.name, call, budget)
    case .list(let list) where method.name == "copy": return .list(list)
    case .list, .tuple, .range:
      return try callSequence(method.receiver, method.name, call, budget)
    case .loop(let loop): return try callLoop(loop, method.name, call, budget)
    default:
      throw PythonError.unsupported("The method '\(method.name)' of a \(method.receiver.typeName)")
    }
  }

  private static func callDictionary(
    _ dictionary: PythonDictionary,
    _ name: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    try budget.spend(dictionary.entries.count)
    switch name {
    case "get":
      guard call.named.isEmpty, let key = call.positional.first, call.positional.count <= 2 else {
        throw PythonError("'get' takes a key and a default.")
      }
      return try dictionary.value(of: key)
        ?? (call.positional.count > 1 ? call.positional[1] : .none)
    case "fromkeys": throw PythonError.unsupported("The method 'fromkeys' of a dict")
    default: break
    }
    guard call.positional.isEmpty, call.named.isEmpty else {
      throw PythonError("'\(name)' takes no arguments.")
    }
    switch name {
    case "copy": return .dictionary(dictionary)
    case "keys": return .view(PythonView(kind: .keys, items: try PythonList(dictionary.keys)))
    case "values": return .view(PythonView(kind: .values, items: try PythonList(dictionary.values)))
    default: return .view(PythonView(kind: .items, items: try PythonList(dictionary.pairs())))
    }
  }

  private static func callSequence(
    _ value: PythonValue,
    _ name: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    guard call.named.isEmpty, let item = call.positional.first else {
      throw PythonError("'\(name)' needs a value.")
    }
    guard call.positional.count == 1 else {
      throw PythonError.unsupported("The method '\(name)' with bounds")
    }
    let items = try value.items(budget)
    if name == "count" {
      var count = 0
      for candidate in items where try candidate.equals(item, budget) { count += 1 }
      return .int(count)
    }
    for (index, candidate) in items.enumerated() where try candidate.equals(item, budget) {
      return .int(index)
    }
    throw PythonError("The value is not in the \(value.typeName).")
  }

  private static func callLoop(
    _ loop: TemplateLoop,
    _ name: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    guard call.named.isEmpty else { throw PythonError("'\(name)' takes no named arguments.") }
    if name == "cycle" {
      guard !call.positional.isEmpty else { throw PythonError("'cycle' needs values.") }
      return call.positional[loop.index % call.positional.count]
    }
    let values = try PythonValue.tuple(call.positional)
    if let last = loop.last, try last.equals(values, budget) { return .bool(false) }
    // A loop that remembers values that hold the loop would never be freed.
    guard values.nesting == 1 else {
      throw PythonError.unsupported("'loop.changed' with lists or dictionaries")
    }
    loop.last = values
    return .bool(true)
  }
}
