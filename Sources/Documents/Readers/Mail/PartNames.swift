/// Gives the documents inside a mail names that are unique and safe to use in a path.
struct PartNames {
  private var taken: Set<String> = []

  /// A name made of the sender's, or of a fallback where that says nothing.
  mutating func name(_ wanted: String?, fallback: String) -> String {
    let cleaned = Self.cleaned(wanted ?? "")
    let base = cleaned.isEmpty ? fallback : cleaned
    var name = base
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = Self.numbered(base, number)
      number += 1
    }
    return name
  }

  /// The extension for a media type, where the sender gave no name.
  static func suffix(_ type: String) -> String {
    switch type {
    case "text/plain": "txt"
    case "text/html": "html"
    case "text/csv": "csv"
    case "text/calendar": "ics"
    case "text/markdown": "md"
    case "application/pdf": "pdf"
    case "application/json": "json"
    case "application/xml", "text/xml": "xml"
    case "application/zip": "zip"
    case "application/rtf", "text/rtf": "rtf"
    case "application/msword": "doc"
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx"
    case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx"
    case "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx"
    case "message/rfc822", "message/global": "eml"
    case "image/png": "png"
    case "image/jpeg": "jpg"
    case "image/gif": "gif"
    default: "bin"
    }
  }

  /// Without what separates parts of a path, without control characters, and not too long.
  static func cleaned(_ name: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "/", "\\", "#", ":": view.append("_")
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: view.append(" ")
        default: view.append(scalar)
        }
      }
    }
    let words = String(view).split(separator: " ").joined(separator: " ")
    let name = String(words.drop { $0 == "." || $0 == " " })
    guard name.unicodeScalars.count > 120 else { return name }
    let suffix = FormatDetector.fileExtension(name).map { "." + $0.prefix(10) } ?? ""
    return String(name.unicodeScalars.prefix(100)) + suffix
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return "\(name) (\(number))"
    }
    return "\(name[..<dot]) (\(number))\(name[dot...])"
  }
}
