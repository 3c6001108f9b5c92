/// A value that is handed to a template: what JSON can say, with members in order.
public indirect enum TemplateValue: Sendable, Equatable {
  /// `null`, Python's `None`.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction or an exponent.
  case double(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case array([TemplateValue])
  /// Names with values, in order.
  case object(TemplateObject)
}

extension TemplateValue {
  /// The text, if this is text.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The members, if this is an object.
  public var objectValue: TemplateObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The values, if this is an array.
  public var arrayValue: [TemplateValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}

extension TemplateValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Values in order.
  public init(arrayLiteral elements: TemplateValue...) { self = .array(elements) }
  /// Names with values, in order.
  public init(dictionaryLiteral elements: (String, TemplateValue)...) {
    self = .object(TemplateObject(elements.map { .init(name: $0.0, value: $0.1) }))
  }
}
