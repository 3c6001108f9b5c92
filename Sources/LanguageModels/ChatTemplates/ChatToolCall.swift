/// A call of a tool in an assistant's message.
public struct ChatToolCall: Sendable, Equatable {
  /// The id by which the tool's message names this call.
  public var id: String?
  /// The name of the tool.
  public var name: String
  /// The arguments: an object, or for some templates its JSON as text.
  public var arguments: TemplateValue

  /// A call from its parts.
  public init(id: String? = nil, name: String, arguments: TemplateValue) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }

  /// A call from the form in which messages hold it, or nil where it has another form.
  init?(_ value: TemplateValue) {
    guard let call = value.objectValue, let function = call["function"]?.objectValue,
      let name = function["name"]?.stringValue
    else { return nil }
    self.init(
      id: call["id"]?.stringValue,
      name: name,
      arguments: function["arguments"] ?? .object(TemplateObject())
    )
  }

  /// The form in which messages hold it.
  var templateValue: TemplateValue {
    var call = TemplateObject()
    call["id"] = id.map { .string($0) }
    call["type"] = "function"
    call["function"] = ["name": .string(name), "arguments": arguments]
    return .object(call)
  }
}
