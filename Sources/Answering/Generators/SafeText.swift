/// Makes foreign text fit for messages.
enum SafeText {
  /// One line without control characters, cut to a number of Unicode scalars, with a secret blotted
  /// out.
  static func line(_ text: String, limit: Int, hiding secret: String? = nil) -> String {
    var text = text
    if let secret, !secret.isEmpty { text = text.replacing(secret, with: "•••") }
    var result = String.UnicodeScalarView()
    var isSpace = true
    for scalar in text.unicodeScalars {
      guard result.count < limit else {
        result.append("…")
        break
      }
      let isBlank = scalar.properties.isWhitespace || isControl(scalar)
      if !isBlank { result.append(scalar) } else if !isSpace { result.append(" ") }
      isSpace = isBlank
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }

  /// Control, format and private characters: nothing to read, and some of them steer a terminal or
  /// hide text.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
