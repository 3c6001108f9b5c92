import Foundation
import TestSupport

/// Says a text in slightly other words, as people do who write the same twice: other case and
/// punctuation, a typing error, a polite opening, another order, a synonym. What is asked stays.
struct Rewording {
  private static let synonyms: [(String, String)] = [
    ("big", "large"), ("small", "little"), ("quick", "fast"), ("begin", "start"),
    ("buy", "purchase"), ("help", "assist"), ("show", "display"), ("important", "significant"),
    ("difficult", "hard"), ("easy", "simple"), ("choose", "select"), ("fix", "repair"),
    ("required", "needed"), ("use", "utilize"), ("main", "primary"), ("employees", "workers"),
    ("company", "firm"), ("price", "cost"), ("yearly", "annual"), ("describe", "explain"),
    ("given", "following"), ("create", "make"), ("identify", "find"), ("story", "tale"),
    ("advantages", "benefits"), ("list", "enumerate"), ("sentence", "phrase"),
    ("improve", "enhance"), ("customers", "clients"), ("supplier", "vendor"), ("leads", "heads"),
    ("maximum", "max"), ("department", "division"), ("stored", "kept"),
    ("responsible", "accountable"),
  ]

  private static let openings = [
    "Please tell me: ", "Hi, ", "Hello! ", "Can you tell me: ", "I would like to know: ",
    "Could you please say: ", "Please: ", "Thanks. ",
  ]

  /// The text in other words; the same generator gives the same words.
  static func reword(_ text: String, with random: inout SplitMix64, isQuestion: Bool) -> String {
    var result = text
    let count = Int.random(in: 1...3, using: &random)
    var steps = [0, 1, 2, 3, 4, 5]
    steps.shuffle(using: &random)
    for step in steps.prefix(count) {
      switch step {
      case 0: result = otherCase(result, &random)
      case 1: result = otherPunctuation(result, &random)
      case 2: result = withTypingError(result, &random)
      case 3: result = isQuestion ? (openings.randomElement(using: &random) ?? "") + result : result
      case 4: result = withSynonym(result, &random)
      default: result = inOtherOrder(result)
      }
    }
    return result == text ? otherPunctuation(otherCase(text, &random), &random) : result
  }

  private static func otherCase(_ text: String, _ random: inout SplitMix64) -> String {
    switch random.next() % 4 {
    case 0: text.uppercased()
    case 1: text.prefix(1).lowercased() + text.dropFirst()
    default: text.lowercased()
    }
  }

  private static func otherPunctuation(_ text: String, _ random: inout SplitMix64) -> String {
    switch random.next() % 4 {
    case 0:
      return String(text.reversed().drop { ".?!".contains($0) }.reversed())
    case 1: return text + (text.hasSuffix("?") ? "?" : " ")
    case 2:
      // Commas between digits belong to the number.
      return text.split(separator: ", ", omittingEmptySubsequences: false).joined(separator: " ")
    default:
      return text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "  ")
    }
  }

  private static func withTypingError(_ text: String, _ random: inout SplitMix64) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let long = words.indices.filter { place in
      words[place].count >= 6 && words[place].allSatisfy { $0.isLetter && $0.isASCII }
    }
    guard let place = long.randomElement(using: &random) else { return text }
    var letters = Array(words[place])
    let at = Int.random(in: 1..<(letters.count - 2), using: &random)
    switch random.next() % 3 {
    case 0: letters.swapAt(at, at + 1)
    case 1: letters.remove(at: at)
    default: letters.insert(letters[at], at: at)
    }
    words[place] = String(letters)
    return words.joined(separator: " ")
  }

  private static func withSynonym(_ text: String, _ random: inout SplitMix64) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for place in words.indices {
      let matching = synonyms.flatMap { [$0, ($0.1, $0.0)] }.filter {
        $0.0 == words[place].lowercased()
      }
      guard let (_, other) = matching.randomElement(using: &random) else { continue }
      words[place] = words[place].first?.isUppercase == true ? other.capitalized : other
      break
    }
    return words.joined(separator: " ")
  }

  /// "In A, what is B?" becomes "what is B? In A"; two sentences change places.
  private static func inOtherOrder(_ text: String) -> String {
    for separator in ["? ", ". ", ", "] {
      let parts = text.split(separator: separator, maxSplits: 1).map(String.init)
      if parts.count == 2, !parts[0].contains("\n"), !parts[1].contains("\n"), parts[1].count < 200
      {
        return "\(parts[1])\(separator)\(parts[0])"
      }
    }
    return text
  }
}
