/// Text from data as it may stand in a page.
enum PageText {
  /// The text with everything escaped that markup could read, in elements and in quoted attributes.
  /// Control characters, direction overrides and noncharacters become `�`; a line break becomes a
  /// blank where lines are not kept.
  static func escaped(_ text: String, keepsLines: Bool = false) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x27: result += "&#39;"
      case 0x0A where keepsLines: result += "\n"
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result += " "
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
        0xFDD0...0xFDEF:
        result += "\u{FFFD}"
      case let value where value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The beginning of the text, marked with `…` where more follows.
  static func cut(_ text: String, to limit: Int) -> String {
    // Scalars bound the bytes; a character may hold any number of them.
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
