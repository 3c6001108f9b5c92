import Foundation
import TestSupport

/// Changes an answer so that it excludes the original one.
enum AnswerChange {
  /// The changed answer; nil where the answer offers nothing to change.
  static func change(_ answer: String, with random: inout SplitMix64) -> String? {
    let ways = [otherNumber, otherDay, denied].shuffled(using: &random)
    for way in ways {
      if let changed = way(answer, &random) { return changed }
    }
    return nil
  }

  /// One number of a sentence becomes another, wherever it stands.
  private static func otherNumber(_ answer: String, _ random: inout SplitMix64) -> String? {
    let words = answer.split(separator: " ").map(String.init)
    let numbers = Set(words.dropFirst().filter { Int($0) != nil && $0.count <= 6 }).sorted()
    guard let number = numbers.randomElement(using: &random), let value = Int(number) else {
      return nil
    }
    let other = String(value + Int.random(in: 1...(value + 9), using: &random))
    return answer.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0 == number ? other : String($0) }.joined(separator: " ")
  }

  private static func otherDay(_ answer: String, _ random: inout SplitMix64) -> String? {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    guard let day = days.first(where: { answer.contains($0) }),
      let other = days.filter({ $0 != day && !answer.contains($0) }).randomElement(using: &random)
    else { return nil }
    return answer.replacingOccurrences(of: day, with: other)
  }

  private static func denied(_ answer: String, _ random: inout SplitMix64) -> String? {
    for (plain, denied) in [
      (" is ", " is not "), (" are ", " are not "), (" can ", " cannot "), (" was ", " was not "),
      (" will ", " will not "), (" must ", " must not "),
    ] {
      if let range = answer.range(of: plain) {
        return answer.replacingCharacters(in: range, with: denied)
      }
    }
    return nil
  }
}
