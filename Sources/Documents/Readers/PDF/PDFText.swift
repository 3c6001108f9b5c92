/// Words of a PDF as text.
enum PDFText {
  /// The content of an element: references resolved, ligatures and control characters gone.
  static func cleaned(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    if bytes.contains(UInt8(ascii: "&")) {
      for (reference, sign) in references {
        text = text.split(separator: reference, omittingEmptySubsequences: false)
          .joined(separator: sign)
      }
    }
    if text.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) { return text }
    // A lone sign of a symbol font is a bullet; such fonts keep their signs in the private areas.
    if text.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .privateUse }) {
      return text == "\u{F020}" ? "" : "\u{2022}"
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F, 0x200E, 0x200F, 0x202A...0x202E, 0xFEFF, 0xFFFE, 0xFFFF: continue
      case 0xFB00...0xFB06:
        result.append(contentsOf: ligatures[Int(scalar.value - 0xFB00)].unicodeScalars)
      case 0xF0A7, 0xF0B7, 0xF06E, 0xF076, 0xF0D8: result.append("\u{2022}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static let references = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"),
    ("&#160;", " "), ("&amp;", "&"),
  ]
  private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

  /// A line's words in the order they are read.
  static func text(_ words: [PDFWord]) -> String {
    // A row of dots that leads to a page number says nothing.
    var kept: [String] = []
    var dots = 0
    for word in words {
      if word.text.allSatisfy({ $0 == "." || $0 == "\u{2026}" }) {
        dots += word.text.count
        if dots > 3 {
          while let last = kept.last, last.allSatisfy({ $0 == "." }) { kept.removeLast() }
          continue
        }
      } else {
        dots = 0
      }
      kept.append(word.text)
    }
    return RightToLeft.ordered(kept).joined(separator: " ")
  }

  /// Two lines of one paragraph.
  ///
  /// - Parameters:
  ///   - text: The lines before.
  ///   - next: The line that follows.
  ///   - words: Words with a hyphen in them that stand elsewhere in the document, in lower case.
  /// - Returns: Both together, without the hyphen that only divides a word.
  static func join(_ text: String, _ next: String, hyphenated words: Set<String>) -> String {
    guard let last = text.unicodeScalars.last, let first = next.unicodeScalars.first else {
      return text + next
    }
    if last == "\u{AD}" { return String(text.unicodeScalars.dropLast()) + next }
    if last == "-" || last == "\u{2010}" {
      let stem = text.unicodeScalars.dropLast()
      guard let before = stem.last, before.properties.isAlphabetic, first.properties.isAlphabetic
      else { return text + next }
      let head = text.split(separator: " ").last.map(String.init) ?? text
      let tail = next.split(separator: " ").first.map(String.init) ?? next
      let isKept = !first.properties.isLowercase || words.contains(word(head + tail))
      return (isKept ? text : String(stem)) + next
    }
    return isUnspaced(last) && isUnspaced(first) ? text + next : text + " " + next
  }

  /// A word without the marks around it, in lower case.
  static func word(_ text: String) -> String {
    let isMark: (Character) -> Bool = { !$0.isLetter && !$0.isNumber }
    let start = text.drop(while: isMark)
    let marks = start.reversed().prefix(while: isMark).count
    return start.dropLast(marks).lowercased()
  }

  /// Chinese and Japanese are written without spaces.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3001...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF00...0xFFEF: true
    default: false
    }
  }
}
