extension Question.Place {
  /// Whether the place is in the document of a path.
  ///
  /// One path ends in the other, component by component: sources name their documents from their own
  /// folder, question files from the folder of all sources.
  package func isIn(_ path: String) -> Bool {
    let (one, other) = (Self.components(document), Self.components(path))
    let shared = min(one.count, other.count)
    return shared > 0 && one.suffix(shared).elementsEqual(other.suffix(shared))
  }

  private static func components(_ path: String) -> [String] {
    AnswerWords.composed(path).split(separator: "/").map(String.init).filter { $0 != "." }
  }
}
