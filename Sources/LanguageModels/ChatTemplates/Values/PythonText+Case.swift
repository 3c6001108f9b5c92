/// Upper and lower case, by Python's rules: scalar by scalar, but for the Greek final sigma.
extension PythonText {
  /// What `upper` gives.
  static func uppercased(_ text: String) -> String {
    mapped(text) { $0.properties.uppercaseMapping }
  }

  /// What `lower` gives.
  static func lowercased(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      result += lowercase(scalar, at: index, of: scalars)
    }
    return result
  }

  private static func lowercase(
    _ scalar: Unicode.Scalar,
    at index: Int,
    of scalars: [Unicode.Scalar]
  ) -> String {
    guard scalar == "\u{3A3}" else { return scalar.properties.lowercaseMapping }
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    let isFinal = before?.properties.isCased == true && after?.properties.isCased != true
    return isFinal ? "\u{3C2}" : "\u{3C3}"
  }

  /// What `capitalize` gives: the first scalar in title case, the others in lower case.
  static func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    let scalars = Array(text.unicodeScalars)
    var result = first.properties.titlecaseMapping
    for index in scalars.indices.dropFirst() {
      result += lowercase(scalars[index], at: index, of: scalars)
    }
    return result
  }

  /// What the method `title` gives: a capital after each scalar that has no case.
  static func titled(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var afterCased = false
    for (index, scalar) in scalars.enumerated() {
      result +=
        afterCased
        ? lowercase(scalar, at: index, of: scalars) : scalar.properties.titlecaseMapping
      afterCased = scalar.properties.isCased
    }
    return result
  }

  /// What the filter `title` gives: a capital at the start of each word.
  static func filterTitled(_ text: String) -> String {
    var result = ""
    var word = String.UnicodeScalarView()
    func flush() {
      if let first = word.first {
        result += uppercased(String(first)) + lowercased(String(word.dropFirst()))
      }
      word = .init()
    }
    for scalar in text.unicodeScalars {
      if scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar) {
        flush()
        result.unicodeScalars.append(scalar)
      } else {
        word.append(scalar)
      }
    }
    flush()
    return result
  }

  /// What `swapcase` gives.
  static func swapped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if scalar.properties.isUppercase {
        result += lowercase(scalar, at: index, of: scalars)
      } else if scalar.properties.isLowercase {
        result += scalar.properties.uppercaseMapping
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether all cased scalars are of one case, and there is one.
  static func isCased(_ text: String, upper: Bool) -> Bool {
    var found = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isTitlecase { return false }
      if upper ? scalar.properties.isLowercase : scalar.properties.isUppercase { return false }
      if upper ? scalar.properties.isUppercase : scalar.properties.isLowercase { found = true }
    }
    return found
  }

  private static func mapped(_ text: String, _ map: (Unicode.Scalar) -> String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result += map(scalar) }
    return result
  }
}

extension Unicode.Scalar.Properties {
  /// Whether it is a capital only by its first half, as in "ǅ".
  fileprivate var isTitlecase: Bool { generalCategory == .titlecaseLetter }
}
