import Evaluation

extension RelevanceKeys {
  /// The key of a place that holds an answer.
  static func key(of place: Question.Place) -> String {
    guard let table = place.table, let key = place.key, place.document.hasSuffix(".sqlite") else {
      return place.document
    }
    return "\(place.document)#\(table)@\(key)"
  }

  /// The keys of the places that hold a question's answer.
  static func keys(of question: Question) -> [String: Int] {
    question.places.reduce(into: [:]) { keys, place in keys[key(of: place)] = 1 }
  }
}
