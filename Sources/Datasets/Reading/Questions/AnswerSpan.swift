/// A run of words that a question can ask for.
struct AnswerSpan: Hashable, Sendable {
  /// What it is, as far as its form and its neighbours tell.
  enum Kind: Hashable, Sendable {
    case person, place, name, year, date, number, percent, money, term

    /// How often it is asked for among others, so that most questions are for names and numbers, as
    /// people's are, though most spans are terms.
    var weight: Double {
      switch self {
      case .person: 5
      case .number, .percent, .money: 4
      case .year, .date: 2.5
      case .place, .name: 2
      case .term: 1
      }
    }
  }

  var kind: Kind
  /// The words, by their places in the text.
  var words: Range<Int>
}
