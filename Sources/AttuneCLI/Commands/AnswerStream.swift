import Answering

/// Shows the sentences of an answer as they come.
actor AnswerStream {
  private let isShown: Bool
  private(set) var hasShown = false

  /// - Parameter isShown: Whether anything is to be shown at all.
  init(isShown: Bool) {
    self.isShown = isShown
  }

  func show(_ sentence: GroundedSentence) {
    guard isShown else { return }
    let gap = !hasShown ? "" : sentence.beginsLine ? "\n" : " "
    Terminal.write(gap + Terminal.safe(sentence.display))
    hasShown = true
  }
}
