/// How Python sorts scalars into kinds.
extension Unicode.Scalar {
  /// Whether Python's `str.isspace` and `\s` hold for it.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  /// Whether Python's `str.splitlines` breaks a line here.
  var isPythonLineBreak: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether `\w` holds for it.
  var isWordPart: Bool {
    if isASCII { return self == "_" || Character(self).isLetter || Character(self).isNumber }
    return isPythonAlphanumeric
  }

  /// Whether `str.isalpha` holds for it.
  var isPythonAlphabetic: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Whether `str.isalnum` holds for it.
  var isPythonAlphanumeric: Bool { isPythonAlphabetic || properties.numericType != nil }

  /// Whether `repr` writes it as it is.
  var isPythonPrintable: Bool {
    if (" "..."~").contains(self) { return true }
    return switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }
}

extension String {
  /// Text from scalars.
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
