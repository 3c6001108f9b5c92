/// A short piece of a text that can be shown anywhere.
enum Excerpt {
  /// The beginning of a text on one line, without control characters and changes of direction.
  static func of(_ text: String, limit: Int = 120) -> String {
    var view = String.UnicodeScalarView()
    var count = 0
    var isBlank = true
    for scalar in text.unicodeScalars {
      if count == limit {
        view.append("…")
        break
      }
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20, 0x85, 0xA0, 0x2028, 0x2029:
        guard !isBlank else { continue }
        view.append(" ")
        isBlank = true
      case 0x00...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF:
        view.append("\u{FFFD}")
        isBlank = false
      default:
        view.append(scalar)
        isBlank = false
      }
      count += 1
    }
    return String(view)
  }

  /// Question and answer of an example, with personal data masked.
  static func of(_ example: Example) -> String {
    let question = of(masked(example.question ?? ""), limit: 80)
    let answer = of(masked(example.answer ?? ""), limit: 80)
    return question.isEmpty ? answer : "\(question) → \(answer)"
  }

  private static func masked(_ text: String) -> String {
    // What lies beyond the excerpt need not be looked at.
    let start = String(text.prefix(400))
    var result = start
    for item in Set(PersonalData.find(in: start)) {
      result = result.split(separator: item.text, omittingEmptySubsequences: false)
        .joined(separator: item.masked)
    }
    return result
  }
}
