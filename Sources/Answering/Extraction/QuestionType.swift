import Knowledge

/// What kind of thing a question asks for, as far as its words say.
package enum QuestionType: Hashable, Sendable {
  case number, time, person, place, reason, manner, other

  package init(_ question: String) {
    let words = QueryTerms.allWords(of: question)
    self = Self.opening(of: words) ?? .other
  }

  private static func opening(of words: [String]) -> QuestionType? {
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      switch word {
      case "how":
        switch next {
        case "many", "much", "long", "far", "old", "often", "large", "big", "high", "deep", "wide",
          "tall", "heavy", "fast", "few":
          return .number
        case "soon", "early", "late": return .time
        default: return .manner
        }
      case "when": return .time
      case "who", "whom", "whose": return .person
      case "where": return .place
      case "why": return .reason
      case "what", "which":
        if numberNouns.contains(next) { return .number }
        if timeNouns.contains(next) { return .time }
        if personNouns.contains(next) { return .person }
        if placeNouns.contains(next) { return .place }
      default: continue
      }
    }
    if words.contains(where: numberNouns.contains) { return .number }
    if words.contains(where: timeNouns.contains) { return .time }
    return nil
  }

  private static let numberNouns: Set<String> = [
    "amount", "cost", "fee", "limit", "number", "percentage", "price", "rate", "ratio", "size",
    "temperature", "threshold", "voltage", "weight", "depth", "length", "width", "height",
    "distance", "quantity", "maximum", "minimum", "tolerance", "accuracy", "pressure", "budget",
  ]
  private static let timeNouns: Set<String> = [
    "date", "day", "deadline", "month", "time", "week", "weekday", "year", "hour", "period",
  ]
  private static let personNouns: Set<String> = [
    "person", "manager", "engineer", "employee", "colleague", "head", "owner", "author", "team",
  ]
  private static let placeNouns: Set<String> = [
    "city", "country", "room", "building", "site", "warehouse", "location", "place", "port",
    "address", "floor", "office",
  ]
}
