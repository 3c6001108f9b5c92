/// What kinds of things stand in a text, seen from its characters alone.
package struct AnswerShape {
  package let hasNumber: Bool
  package let hasTime: Bool
  /// A capitalised word that is not the first and not in the question.
  package let hasNewName: Bool

  /// Looks at a text with its lower-case words; names that the question itself holds are not new.
  package init(_ text: String, lowercaseWords: [String], questionStems: Set<String>) {
    hasNumber =
      text.contains(where: \.isNumber) || lowercaseWords.contains(where: Self.numberWords.contains)
    hasTime = hasNumber || lowercaseWords.contains(where: Self.timeWords.contains)
    hasNewName = text.split(whereSeparator: { !$0.isLetter }).dropFirst().contains { word in
      (word.first?.isUppercase ?? false)
        && !questionStems.contains(LightStemmer.stem(word.lowercased()))
    }
  }

  /// Whether the text holds what a question of this type asks for; nil where the type says nothing.
  package func matches(_ type: QuestionType) -> Bool? {
    switch type {
    case .number: hasNumber
    case .time: hasTime
    case .person, .place: hasNewName
    case .reason, .manner, .other: nil
    }
  }

  private static let numberWords: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred", "thousand",
    "half", "third", "quarter", "dozen", "once", "twice", "none", "percent",
  ]
  private static let timeWords: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "noon", "midnight", "morning", "afternoon", "evening", "day", "days", "week",
    "weeks", "month", "months", "year", "years", "hour", "hours", "minutes", "daily", "weekly",
    "monthly", "yearly", "annually", "quarterly", "spring", "summer", "autumn", "winter",
  ]
}
