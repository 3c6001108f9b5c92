/// The methods of strings.
extension PythonMethods {
  static func callString(
    _ text: String,
    _ name: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    try budget.spend(bytes: text.utf8.count)
    switch name {
    case "split", "rsplit", "splitlines": return try split(text, name, call, budget)
    case "format": return .string(try PythonFormat.braces(text, call, budget))
    default: break
    }
    // Python's methods of strings take no names, but for those above.
    guard call.named.isEmpty else { throw PythonError("'\(name)' takes no named arguments.") }
    let arguments = call.positional
    switch name {
    case "strip", "lstrip", "rstrip":
      let scalars = try optionalText(arguments, 0, name)
      return .string(
        PythonText.stripped(text, of: scalars, start: name != "rstrip", end: name != "lstrip")
      )
    case "startswith", "endswith":
      return .bool(try hasAffix(text, arguments, atEnd: name == "endswith", budget))
    case "removeprefix", "removesuffix":
      return .string(without(try requiredText(arguments, 0, name), text, name == "removesuffix"))
    case "replace":
      var limit = Int.max
      if arguments.count > 2, let count = arguments[2].wholeNumber, count >= 0 { limit = count }
      return .string(
        try replaced(
          text,
          requiredText(arguments, 0, name),
          requiredText(arguments, 1, name),
          limit,
          budget
        )
      )
    case "find", "rfind", "index", "rindex", "count":
      return try found(text, name, arguments, budget)
    case "partition", "rpartition":
      return try partition(text, requiredText(arguments, 0, name), fromRight: name == "rpartition")
    case "join":
      guard arguments.count == 1 else { throw PythonError("'join' needs one list.") }
      var writer = PythonTextWriter(budget)
      for (index, item) in try arguments[0].items(budget).enumerated() {
        guard let part = item.stringText else {
          throw PythonError("'join' needs strings, not a \(item.typeName).")
        }
        if index > 0 { try writer.append(text) }
        try writer.append(part)
      }
      return .string(writer.text)
    case "ljust", "rjust", "center", "zfill":
      guard let width = arguments.first?.wholeNumber else {
        throw PythonError("'\(name)' needs a width.")
      }
      if name == "zfill" { return .string(try zeroFilled(text, width, budget)) }
      let fill = try optionalText(arguments, 1, name) ?? " "
      guard fill.unicodeScalars.count == 1 else { throw PythonError("'\(name)' needs one scalar.") }
      let side: Side = name == "ljust" ? .left : name == "rjust" ? .right : .center
      return .string(try padded(text, width, fill, side, budget))
    default: break
    }
    guard arguments.isEmpty else { throw PythonError("'\(name)' takes no arguments.") }
    switch name {
    case "lower": return .string(PythonText.lowercased(text))
    case "upper": return .string(PythonText.uppercased(text))
    case "capitalize": return .string(PythonText.capitalized(text))
    case "title": return .string(PythonText.titled(text))
    case "swapcase": return .string(PythonText.swapped(text))
    case "islower": return .bool(PythonText.isCased(text, upper: false))
    case "isupper": return .bool(PythonText.isCased(text, upper: true))
    case "isascii": return .bool(text.utf8.allSatisfy { $0 < 0x80 })
    case "isprintable": return .bool(text.unicodeScalars.allSatisfy(\.isPythonPrintable))
    case "isalpha": return .bool(all(text, \.isPythonAlphabetic))
    case "isalnum": return .bool(all(text, \.isPythonAlphanumeric))
    case "isspace": return .bool(all(text, \.isPythonSpace))
    case "isdecimal": return .bool(all(text) { $0.properties.numericType == .decimal })
    case "isdigit":
      return .bool(all(text) { [.decimal, .digit].contains($0.properties.numericType) })
    case "isnumeric": return .bool(all(text) { $0.properties.numericType != nil })
    default: throw PythonError.unsupported("The method '\(name)' of a string")
    }
  }

  private static func all(_ text: String, _ holds: (Unicode.Scalar) -> Bool) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy(holds)
  }

  private static func requiredText(
    _ arguments: [PythonValue],
    _ index: Int,
    _ name: String
  ) throws -> String {
    guard let text = try optionalText(arguments, index, name) else {
      throw PythonError("'\(name)' needs a string.")
    }
    return text
  }

  private static func optionalText(
    _ arguments: [PythonValue],
    _ index: Int,
    _ name: String
  ) throws -> String? {
    guard arguments.indices.contains(index) else { return nil }
    if case .none = arguments[index] { return nil }
    if let text = arguments[index].stringText { return text }
    throw PythonError("'\(name)' needs a string, not a \(arguments[index].typeName).")
  }

  private static func split(
    _ text: String,
    _ name: String,
    _ call: PythonCall,
    _ budget: RenderBudget
  ) throws -> PythonValue {
    let pieces: [String]
    if name == "splitlines" {
      let keeps = try call.bound(to: ["keepends"], of: name)[0]?.isTrue == true
      pieces = PythonText.lines(text, keepingEnds: keeps)
    } else {
      let arguments = try call.bound(to: ["sep", "maxsplit"], of: name)
      let separator = try optionalText([arguments[0] ?? .none], 0, name)
      var limit = Int.max
      if let given = arguments[1] {
        guard let count = given.wholeNumber else { throw PythonError("'\(name)' needs a number.") }
        if count >= 0 { limit = count }
      }
      if let separator {
        guard !separator.isEmpty else { throw PythonError("'\(name)' needs a separator.") }
        let places = placesToSplit(text, separator, limit, fromRight: name == "rsplit")
        pieces = PythonText.pieces(text, at: places, length: separator.utf8.count)
      } else {
        pieces =
          name == "split"
          ? PythonText.words(text, atMost: limit) : PythonText.wordsFromRight(text, atMost: limit)
      }
    }
    try budget.spend(pieces.count)
    return try .list(pieces.map { .string($0) })
  }

  /// Where a separator stands, counted without overlaps from the left or from the right.
  static func placesToSplit(
    _ text: String,
    _ separator: String,
    _ limit: Int,
    fromRight: Bool
  ) -> [Int] {
    guard fromRight else { return PythonText.places(of: separator, in: text, atMost: limit) }
    let backwards = PythonText.places(
      of: separator.utf8.reversed(),
      in: text.utf8.reversed(),
      atMost: limit
    )
    let (whole, part) = (text.utf8.count, separator.utf8.count)
    return backwards.map { whole - part - $0 }.reversed()
  }

  private static func hasAffix(
    _ text: String,
    _ arguments: [PythonValue],
    atEnd: Bool,
    _ budget: RenderBudget
  ) throws -> Bool {
    guard arguments.count == 1 else {
      throw PythonError.unsupported("'startswith' or 'endswith' with other than one argument")
    }
    let candidates: [PythonValue]
    if case .tuple(let tuple) = arguments[0] {
      candidates = tuple.items
    } else {
      candidates = arguments
    }
    for candidate in candidates {
      guard let affix = candidate.stringText else {
        throw PythonError("'startswith' and 'endswith' need strings, not a \(candidate.typeName).")
      }
      try budget.spend(bytes: affix.utf8.count)
      let has =
        atEnd
        ? text.utf8.suffix(affix.utf8.count).elementsEqual(affix.utf8)
        : text.utf8.starts(with: affix.utf8)
      if has { return true }
    }
    return false
  }

  private static func without(_ affix: String, _ text: String, _ atEnd: Bool) -> String {
    let count = affix.utf8.count
    if atEnd {
      guard text.utf8.suffix(count).elementsEqual(affix.utf8) else { return text }
      return String(decoding: text.utf8.dropLast(count), as: UTF8.self)
    }
    guard text.utf8.starts(with: affix.utf8) else { return text }
    return String(decoding: text.utf8.dropFirst(count), as: UTF8.self)
  }
}
