/// Which citations of an answer point at a place that holds the answer.
struct CitationMatch {
  /// For each citation, the indexes of the places it points at.
  private let hits: [Set<Int>]
  private let placeCount: Int

  init(cited: [ArmAnswer.Place], places: [Question.Place]) {
    placeCount = places.count
    hits = cited.map { citation in
      Set(places.indices.filter { Self.matches(citation, places[$0]) })
    }
  }

  /// The share of citations that point at a place; nil where nothing is cited.
  var precision: Double? {
    hits.isEmpty ? nil : Double(hits.count { !$0.isEmpty }) / Double(hits.count)
  }

  /// The share of the places that are cited, or whether any one of them is.
  func recall(needsAll: Bool) -> Double {
    let found = hits.reduce(into: Set<Int>()) { $0.formUnion($1) }
    guard needsAll else { return found.isEmpty ? 0 : 1 }
    return Double(found.count) / Double(max(1, placeCount))
  }

  /// Whether a citation points at a place: the same document, and there the same row or words that
  /// the two quotes share. A place without row and quote is the whole document.
  static func matches(_ citation: ArmAnswer.Place, _ place: Question.Place) -> Bool {
    guard place.isIn(citation.document) else { return false }
    if let table = place.table, let key = place.key, citation.table == table, citation.key == key {
      return true
    }
    guard let quote = place.quote else { return place.table == nil }
    return sharesWords(citation.quote, quote)
  }

  /// Whether one quote holds the other, or the citation holds at least half of the words that count
  /// in the place's: those with four letters or a digit, since small words stand everywhere.
  private static func sharesWords(_ cited: String, _ wanted: String) -> Bool {
    let (citedWords, wantedWords) = (AnswerWords.plain(cited), AnswerWords.plain(wanted))
    guard !citedWords.isEmpty, !wantedWords.isEmpty else { return false }
    if citedWords.containsRun(wantedWords) || wantedWords.containsRun(citedWords) { return true }
    let weighty = Set(
      wantedWords.filter { $0.count >= 4 || $0.unicodeScalars.contains(where: AnswerWords.isDigit) }
    )
    let common = weighty.intersection(citedWords).count
    return common > 0 && 2 * common >= weighty.count
  }
}
