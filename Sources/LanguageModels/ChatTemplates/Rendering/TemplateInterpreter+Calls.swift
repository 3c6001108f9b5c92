/// Calls of macros, functions and methods.
extension TemplateInterpreter {
  /// What a call gives.
  func call(_ value: PythonValue, _ call: PythonCall) throws -> PythonValue {
    try budget.enter()
    defer { budget.leave() }
    switch value {
    case .macro(let macro): return .string(try expand(macro, call))
    case .function(let function): return try self.call(function, call)
    case .method(let method): return try PythonMethods.call(method, call, self)
    case .loop(let loop):
      guard let recursive = loop.recursive else {
        throw PythonError("Only a loop that is marked 'recursive' can be called.")
      }
      let values = try call.bound(to: ["values"], of: "loop")[0] ?? .none
      var output = PythonTextWriter(budget)
      try execute(
        recursive.statement,
        over: values,
        recursive.scope,
        level: loop.level + 1,
        &output
      )
      return .string(output.text)
    case .undefined(let reason): throw PythonError(reason)
    default: throw PythonError("A \(value.typeName) cannot be called.")
    }
  }

  private func expand(_ macro: TemplateMacro, _ call: PythonCall) throws -> String {
    let definition = macro.definition
    let parameters = definition.parameters
    let scope = TemplateScope(parent: macro.scope)
    var named = call.named
    var given = Array(call.positional.prefix(parameters.count)).map { Optional($0) }
    for parameter in parameters.dropFirst(given.count) {
      let index = named.firstIndex { $0.name == parameter }
      given.append(index.map { named.remove(at: $0).value })
    }
    let special = definition.special
    let callerIndex = named.firstIndex { $0.name == "caller" }
    if special.contains("caller") {
      let caller = callerIndex.map { named.remove(at: $0).value }
      scope.set("caller", to: caller ?? .undefined("No caller is defined."))
    }
    if special.contains("kwargs") {
      var dictionary = PythonDictionary()
      for argument in named { try dictionary.set(.string(argument.name), to: argument.value) }
      scope.set("kwargs", to: .dictionary(dictionary))
    } else if let argument = named.first {
      throw PythonError("The macro '\(definition.name)' takes no argument '\(argument.name)'.")
    }
    let more = call.positional.dropFirst(parameters.count)
    if special.contains("varargs") {
      scope.set("varargs", to: try .tuple(Array(more)))
    } else if !more.isEmpty {
      throw PythonError(
        "The macro '\(definition.name)' takes at most \(parameters.count) arguments."
      )
    }
    // A default may speak of the parameters before it, but of none after it.
    for parameter in parameters {
      scope.set(parameter, to: .undefined("The parameter '\(parameter)' was not provided."))
    }
    let firstDefault = parameters.count - definition.defaults.count
    for (index, parameter) in parameters.enumerated() {
      if let value = given[index] {
        scope.set(parameter, to: value)
      } else if index >= firstDefault {
        let value = try evaluate(definition.defaults[index - firstDefault], scope)
        scope.set(parameter, to: value)
      }
    }
    return try text(of: definition.body, scope)
  }

  private func call(_ function: TemplateFunction, _ call: PythonCall) throws -> PythonValue {
    switch function {
    case .raiseException:
      let message = try call.bound(to: ["message"], of: function.rawValue)[0]
      guard let message else { throw PythonError("raise_exception needs a message.") }
      let text = try message.text(budget)
      throw PythonError(
        .refusedByTemplate,
        text.isEmpty ? "The template refuses the conversation." : text
      )
    case .timeNow:
      guard let format = try call.bound(to: ["format"], of: function.rawValue)[0]?.stringText
      else { throw PythonError("strftime_now needs a format.") }
      return .string(try clock.text(format: format, budget))
    case .range:
      let bounds = try call.positional.map { bound in
        guard let number = bound.wholeNumber else {
          throw PythonError("range needs whole numbers.")
        }
        return number
      }
      guard call.named.isEmpty, let last = bounds.last, bounds.count <= 3 else {
        throw PythonError("range needs one to three whole numbers.")
      }
      return .range(
        try PythonRange(
          start: bounds.count > 1 ? bounds[0] : 0,
          stop: bounds.count > 1 ? bounds[1] : last,
          step: bounds.count > 2 ? last : 1
        )
      )
    case .namespace:
      let namespace = try makeNamespace()
      for entry in try dictionary(call, for: "namespace").entries {
        guard let name = entry.key.stringText else {
          throw PythonError("The members of a namespace need names.")
        }
        try namespace.set(name, to: entry.value)
      }
      return .namespace(namespace)
    case .dictionary: return .dictionary(try dictionary(call, for: "dict"))
    case .cycler, .joiner, .lipsum:
      throw PythonError.unsupported("The function '\(function.rawValue)'")
    }
  }

  /// What Python's `dict` makes of arguments.
  private func dictionary(_ call: PythonCall, for what: String) throws -> PythonDictionary {
    var dictionary = PythonDictionary()
    guard call.positional.count <= 1 else { throw PythonError("\(what) takes one argument.") }
    switch call.positional.first {
    case nil: break
    case .dictionary(let source)?: dictionary = source
    case .namespace?, .undefined?: throw PythonError("\(what) needs a dictionary or pairs.")
    case let pairs?:
      for pair in try pairs.items(budget) {
        let parts = try pair.items(budget)
        guard parts.count == 2 else { throw PythonError("\(what) needs pairs.") }
        try dictionary.set(parts[0], to: parts[1])
      }
    }
    for argument in call.named { try dictionary.set(.string(argument.name), to: argument.value) }
    return dictionary
  }
}
