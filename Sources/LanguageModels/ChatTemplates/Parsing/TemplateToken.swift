/// A piece of template source.
struct TemplateToken: Equatable {
  enum Kind: Equatable {
    case data(String)
    case variableBegin
    case variableEnd
    case blockBegin
    case blockEnd
    case name(String)
    case string(String)
    case integer(Int)
    case double(Double)
    case mark(String)
    case end
  }

  var kind: Kind
  var line: Int

  /// How errors name it.
  var text: String {
    switch kind {
    case .data: "text"
    case .variableBegin: "{{"
    case .variableEnd: "}}"
    case .blockBegin: "{%"
    case .blockEnd: "%}"
    case .name(let name): name
    case .string(let text): "\"\(text.prefix(20))\""
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)"
    case .mark(let mark): mark
    case .end: "the end of the template"
    }
  }
}
