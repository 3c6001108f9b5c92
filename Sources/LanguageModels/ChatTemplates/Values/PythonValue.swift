/// A value while a template is rendered, with the types that Python tells apart.
///
/// Lists and dictionaries cannot be changed by a template, as in Jinja's immutable sandbox; only
/// namespaces can.
enum PythonValue {
  /// What is not there, with the reason.
  case undefined(String)
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  /// Text that `safe` or `escape` has marked as HTML.
  case markup(String)
  case list(PythonList)
  case tuple(PythonList)
  case dictionary(PythonDictionary)
  case view(PythonView)
  case range(PythonRange)
  case iterator(PythonIterator)
  case namespace(PythonNamespace)
  case macro(TemplateMacro)
  case function(TemplateFunction)
  case method(PythonMethod)
  case loop(TemplateLoop)

  /// A list of values.
  static func list(_ items: [PythonValue]) throws -> Self { .list(try PythonList(items)) }

  /// A tuple of values.
  static func tuple(_ items: [PythonValue]) throws -> Self { .tuple(try PythonList(items)) }

  /// What gives values once, such as the result of `batch`.
  static func iterator(_ items: [PythonValue], _ budget: RenderBudget) throws -> Self {
    .iterator(PythonIterator(try PythonList(items), budget))
  }

  /// The name of its type in errors.
  var typeName: String {
    switch self {
    case .undefined: "undefined value"
    case .none: "None"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "string"
    case .markup: "marked string"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .view(let view): "dict \(view.kind.rawValue)"
    case .range: "range"
    case .iterator: "iterator"
    case .namespace: "namespace"
    case .macro: "macro"
    case .function: "function"
    case .method: "method"
    case .loop: "loop"
    }
  }

  /// How deep lists and dictionaries nest within it.
  var nesting: Int {
    switch self {
    case .list(let list), .tuple(let list): list.nesting
    case .dictionary(let dictionary): dictionary.nesting
    case .view(let view): view.items.nesting
    case .iterator(let iterator): iterator.nesting
    case .method(let method): method.receiver.nesting
    case .loop(let loop): loop.nesting
    default: 0
    }
  }

  /// The text of a string.
  var stringText: String? {
    switch self {
    case .string(let text), .markup(let text): text
    default: nil
    }
  }

  /// The whole number that this is; truth values count as 0 and 1.
  var wholeNumber: Int? {
    switch self {
    case .int(let number): number
    case .bool(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// The number that this is.
  var number: Double? {
    if case .double(let number) = self { number } else { wholeNumber.map { Double($0) } }
  }

  var isUndefined: Bool {
    if case .undefined = self { true } else { false }
  }

  /// Whether Python takes it for true.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let flag): flag
    case .int(let number): number != 0
    case .double(let number): number != 0
    case .string(let text), .markup(let text): !text.isEmpty
    case .list(let list), .tuple(let list): !list.items.isEmpty
    case .dictionary(let dictionary): !dictionary.entries.isEmpty
    case .view(let view): !view.items.items.isEmpty
    case .range(let range): range.count > 0
    case .loop(let loop): !loop.items.isEmpty
    case .iterator, .namespace, .macro, .function, .method: true
    }
  }

  /// What a value handed to the template becomes.
  init(_ value: TemplateValue, nesting: Int = 0) throws {
    guard nesting < ChatTemplateLimits.valueDepth else { throw PythonList.tooDeep }
    switch value {
    case .null: self = .none
    case .bool(let flag): self = .bool(flag)
    case .integer(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .string(text)
    case .array(let values):
      self = try .list(values.map { try PythonValue($0, nesting: nesting + 1) })
    case .object(let object):
      var dictionary = PythonDictionary()
      for member in object.members {
        try dictionary.set(
          .string(member.name),
          to: PythonValue(member.value, nesting: nesting + 1)
        )
      }
      self = .dictionary(dictionary)
    }
  }
}
