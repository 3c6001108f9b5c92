import Attune

/// Shows a person the training examples behind an answer.
enum InfluencePresenter {
  static func show(_ examples: [TrainingInfluence]) {
    Terminal.line("\nTraining examples that shaped the answer most (likeness of gradients)")
    for (index, example) in examples.enumerated() {
      let score = Figures.decimal(example.score, places: 2)
      let id = Terminal.safeLine(String(example.id.prefix(12)))
      guard let question = example.question else {
        Terminal.line("  \(index + 1). \(score)  \(id)  (no longer in a dataset)")
        continue
      }
      Terminal.line("  \(index + 1). \(score)  \(id)  \(Terminal.safeLine(question))")
      if let answer = example.answer { Terminal.line("           → \(Terminal.safeLine(answer))") }
      if let place = example.place { Terminal.line("           \(Terminal.safeLine(place))") }
    }
  }
}
