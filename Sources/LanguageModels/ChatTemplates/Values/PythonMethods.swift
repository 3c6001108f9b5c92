/// The names that Python's types have, so that a missing key and a method are told apart.
enum PythonMethods {
  /// The names of all methods and attributes of a value's type.
  static func names(of value: PythonValue) -> Set<String> {
    switch value {
    case .string, .markup: string
    case .list: list
    case .tuple: tuple
    case .dictionary: dictionary
    case .view: view
    case .range: tuple
    case .int, .bool: int
    case .double: double
    case .iterator: iterator
    case .macro: macro
    case .function(.dictionary): ["fromkeys"]
    default: []
    }
  }

  /// The names of methods that would change the value, which the sandbox hides.
  static func changing(_ value: PythonValue) -> Set<String> {
    switch value {
    case .list: listChanging
    case .dictionary: dictionaryChanging
    default: []
    }
  }

  private static let string: Set<String> = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find",
    "format", "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper", "join",
    "ljust", "lower", "lstrip", "maketrans", "partition", "removeprefix", "removesuffix",
    "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "translate", "upper", "zfill",
  ]
  private static let tuple: Set<String> = ["index", "count"]
  private static let listChanging: Set<String> = [
    "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort",
  ]
  private static let list: Set<String> = listChanging.union(["copy", "count", "index"])
  private static let dictionaryChanging: Set<String> = [
    "clear", "pop", "popitem", "setdefault", "update",
  ]
  private static let dictionary: Set<String> = dictionaryChanging.union([
    "copy", "fromkeys", "get", "items", "keys", "values",
  ])
  private static let view: Set<String> = ["mapping", "isdisjoint"]
  private static let int: Set<String> = [
    "as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator", "from_bytes", "imag",
    "numerator", "real", "to_bytes",
  ]
  private static let double: Set<String> = [
    "as_integer_ratio", "conjugate", "fromhex", "hex", "imag", "is_integer", "real",
  ]
  private static let iterator: Set<String> = [
    "close", "gi_code", "gi_frame", "gi_running", "gi_yieldfrom", "send", "throw",
  ]
  private static let macro: Set<String> = [
    "arguments", "caller", "catch_kwargs", "catch_varargs", "explicit_caller", "name",
  ]
}
