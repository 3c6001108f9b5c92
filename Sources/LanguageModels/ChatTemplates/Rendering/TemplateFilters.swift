/// The filters: `value | name(arguments)`.
enum TemplateFilters {
  /// The filters that are known here.
  static let names: Set<String> = textNames.union(sequenceNames).union([
    "abs", "attr", "count", "d", "default", "e", "escape", "float", "forceescape", "int", "length",
    "round", "safe", "string", "tojson",
  ])

  /// The filters of Jinja that are not.
  private static let others: Set<String> = [
    "filesizeformat", "groupby", "pprint", "random", "striptags", "truncate", "urlencode", "urlize",
    "wordwrap", "xmlattr",
  ]

  /// The error for a filter that is not known here.
  static func unknown(_ name: String, line: Int?) -> ChatTemplateError {
    let (code, message) = unknown(name)
    return ChatTemplateError(code, message, line: line)
  }

  private static func unknown(_ name: String) -> (ChatTemplateError.Code, String) {
    others.contains(name)
      ? (.unsupportedConstruct, "The filter '\(name)' is not supported.")
      : (.malformedTemplate, "There is no filter '\(name)'.")
  }

  /// What a filter makes of a value.
  static func apply(
    _ name: String,
    to value: PythonValue,
    _ call: PythonCall,
    _ interpreter: TemplateInterpreter
  ) throws -> PythonValue {
    let budget = interpreter.budget
    try budget.enter()
    defer { budget.leave() }
    if textNames.contains(name) { return try applyText(name, to: value, call, budget) }
    if sequenceNames.contains(name) { return try applySequence(name, to: value, call, interpreter) }
    switch name {
    case "default", "d":
      let arguments = try call.bound(to: ["default_value", "boolean"], of: name)
      let falls = value.isUndefined || (arguments[1]?.isTrue == true && !value.isTrue)
      return falls ? arguments[0] ?? .string("") : value
    case "length", "count":
      _ = try call.bound(to: [], of: name)
      guard let count = value.count else { throw PythonError("A \(value.typeName) has no length.") }
      return .int(count)
    case "string":
      if case .markup = value { return value }
      return .string(try value.text(budget))
    case "safe": return .markup(try value.text(budget))
    case "escape", "e":
      if case .markup = value { return value }
      return try escaped(value, budget)
    case "forceescape": return try escaped(value, budget)
    case "attr":
      guard let attribute = try call.bound(to: ["name"], of: name)[0]?.stringText else {
        throw PythonError("The filter 'attr' needs a name.")
      }
      // Items do not count as attributes here.
      if case .dictionary = value, !PythonMethods.names(of: value).contains(attribute) {
        return .undefined("A dict has no attribute '\(attribute)'.")
      }
      return try value.attribute(attribute)
    case "tojson": return try json(value, call, budget)
    case "abs", "int", "float", "round": return try applyNumber(name, to: value, call)
    default:
      let (code, message) = unknown(name)
      throw PythonError(code, message)
    }
  }

  private static func escaped(
    _ value: PythonValue,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let text = try value.text(budget)
    try budget.spend(bytes: 5 * text.utf8.count)
    return .markup(PythonText.escaped(text))
  }

  private static func json(
    _ value: PythonValue,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let arguments = try call.bound(
      to: ["ensure_ascii", "indent", "separators", "sort_keys"],
      of: "tojson"
    )
    var options = PythonJSONWriter.Options()
    options.escapesNonASCII = arguments[0]?.isTrue == true
    options.sortsKeys = arguments[3]?.isTrue == true
    switch arguments[1] {
    case nil, .some(.none): break
    case .string(let indent)?: options.indent = indent
    case let indent?:
      guard let width = indent.wholeNumber else {
        throw PythonError("tojson needs a whole indent.")
      }
      try budget.spend(bytes: max(width, 0))
      options.indent = String(repeating: " ", count: max(width, 0))
    }
    switch arguments[2] {
    case nil, .some(.none): break
    case let separators?:
      let texts = try separators.items(budget).map(\.stringText)
      guard texts.count == 2, let item = texts[0], let key = texts[1] else {
        throw PythonError("tojson needs two separators.")
      }
      options.itemSeparator = item
      options.keySeparator = key
    }
    return .string(try PythonJSONWriter.text(of: value, options, budget))
  }

  private static func applyNumber(
    _ name: String,
    to value: PythonValue,
    _ call: PythonCall
  ) throws -> PythonValue {
    switch name {
    case "abs":
      if case .undefined(let reason) = value { throw PythonError(reason) }
      if case .double(let number) = value { return .double(number.magnitude) }
      guard let number = value.wholeNumber, number != .min else {
        throw PythonError("A \(value.typeName) has no absolute value.")
      }
      return .int(abs(number))
    case "int":
      let arguments = try call.bound(to: ["default", "base"], of: name)
      return try whole(value, radix: arguments[1]?.wholeNumber ?? 10) ?? arguments[0] ?? .int(0)
    case "float":
      let fallback = try call.bound(to: ["default"], of: name)[0] ?? .double(0)
      if case .undefined(let reason) = value { throw PythonError(reason) }
      let number = value.number ?? value.stringText.flatMap { PythonNumber.double($0) }
      return number.map { .double($0) } ?? fallback
    default:
      return try rounded(value, call)
    }
  }

  private static func whole(_ value: PythonValue, radix: Int) throws -> PythonValue? {
    if case .undefined(let reason) = value { throw PythonError(reason) }
    if let number = value.wholeNumber { return .int(number) }
    var number: Double?
    if let text = value.stringText {
      if let whole = PythonNumber.whole(text, radix: radix) { return .int(whole) }
      number = PythonNumber.double(text)
    } else if case .double(let double) = value {
      number = double
    }
    guard let number, number.isFinite else { return nil }
    return .int(try PythonNumber.truncated(number))
  }

  private static func rounded(_ value: PythonValue, _ call: PythonCall) throws -> PythonValue {
    let arguments = try call.bound(to: ["precision", "method"], of: "round")
    let method = arguments[1]?.stringText ?? "common"
    guard let places = (arguments[0] ?? .int(0)).wholeNumber,
      ["common", "ceil", "floor"].contains(method)
    else { throw PythonError("The filter 'round' needs a precision and a known method.") }
    if case .undefined(let reason) = value { throw PythonError(reason) }
    if method == "common" {
      if let whole = value.wholeNumber, places >= 0 { return .int(whole) }
      if case .double(let number) = value {
        return .double(PythonNumber.rounded(number, places: places))
      }
    } else if let number = value.number, (0...22).contains(places) {
      let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
      let rule: FloatingPointRoundingRule = method == "ceil" ? .up : .down
      return .double((number * scale).rounded(rule) / scale)
    }
    throw PythonError.unsupported("Rounding a \(value.typeName) to \(places) places")
  }
}
