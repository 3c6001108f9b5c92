/// Reads some prompts and writes answers to all of them at once.
struct AnswerSearch {
  /// What came of one prompt.
  struct Result: Sendable {
    var finished: [AnswerBranch]
    var logProbabilityOfNone: Double
    /// Tokens read and written.
    var tokens: Int
  }

  let network: AnswerNetwork
  let tokens: AnswerTokens
  let vocabulary: AnswerVocabulary
  let settings: AnswerDecoding
  /// The most tokens of an answer.
  let maximumTokens: Int

  /// - Returns: for each prompt what came of it.
  func run(_ prompts: [AnswerPrompt]) throws(LanguageModelError) -> [Result] {
    guard !prompts.isEmpty else { return [] }
    let pass = try AnswerPass(
      prompts,
      capacity: prompts.count * (1 + settings.usableBeams * maximumTokens),
      network: network,
      tokens: tokens
    )
    var beams = prompts.map {
      AnswerBeam($0, vocabulary: vocabulary, settings: settings, maximumTokens: maximumTokens)
    }
    var counts = prompts.map(\.ids.count)
    while beams.contains(where: { !$0.live.isEmpty }) {
      for index in beams.indices { counts[index] += beams[index].live.count }
      try step(&beams, pass)
    }
    return zip(beams, counts).map { beam, count in
      Result(
        finished: beam.finished,
        logProbabilityOfNone: beam.logProbabilityOfNone,
        tokens: count
      )
    }
  }

  /// One token more in every live branch.
  private func step(_ beams: inout [AnswerBeam], _ pass: AnswerPass) throws(LanguageModelError) {
    var inputs: [AnswerPass.Input] = []
    for (prompt, beam) in beams.enumerated() {
      inputs += beam.live.map { branch in
        AnswerPass.Input(
          prompt: prompt,
          token: branch.tokens.last?.id ?? tokens.start,
          source: branch.source,
          past: branch.rows
        )
      }
    }
    let rows = try pass.advance(inputs)
    var first = 0
    var asking: [(beam: Int, branch: Int, row: Int)] = []
    for index in beams.indices where !beams[index].live.isEmpty {
      let own = Array(rows[first..<first + beams[index].live.count])
      first += own.count
      asking += beams[index].take(own).map { (index, $0, own[$0].index) }
    }
    // One more than there are beams, as a word cannot be continued at the front of an answer.
    let words = try pass.words(
      of: asking.map(\.row),
      best: settings.usableBeams,
      mayWrite: vocabulary.mayWrite
    )
    for index in beams.indices where !beams[index].live.isEmpty {
      let own = zip(asking, words).filter { $0.0.beam == index }
      beams[index].advance(own.map { ($0.0.branch, $0.1) })
    }
  }
}
