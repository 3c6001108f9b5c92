/// Makes another wording of a question by leaving out some of its words.
enum ShortenedQuestion {
  /// A wording without one word or more, two words being left at least.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - dropped: the greatest share of its words that is left out.
  ///   - generator: draws how many and which.
  /// - Returns: the shorter wording.
  static func of(
    _ question: String,
    dropping dropped: Double,
    using generator: inout some RandomNumberGenerator
  ) -> String {
    var left = question.split(separator: " ")
    let most = max(1, Int(Double(left.count) * dropped))
    for _ in 0..<Int.random(in: 1...most, using: &generator) where left.count > 2 {
      left.remove(at: left.indices.randomElement(using: &generator) ?? 0)
    }
    return left.joined(separator: " ")
  }
}
