extension ReadingExample {
  /// A question on what was cut out of a text around its answer.
  init(_ question: String, on cut: PassageWindow.Cut, kind: String, source: String) {
    self.init(
      question: question,
      passage: cut.passage,
      answer: cut.answer,
      start: cut.start,
      kind: kind,
      source: source
    )
  }
}
