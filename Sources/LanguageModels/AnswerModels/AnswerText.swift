/// A finished answer as people read it.
struct AnswerText {
  /// A piece, with the passage's characters where it is copied.
  let pieces: [AnswerReading.Piece]
  let text: String
  /// The answer in the model's own words: equal for answers that differ only in what was copied and
  /// what was written, or in case and accents that the model does not see.
  let key: String

  init(
    _ tokens: [AnswerBranch.Token],
    prompt: AnswerPrompt,
    passage: PassageText,
    vocabulary: AnswerVocabulary
  ) {
    var pieces: [AnswerReading.Piece] = []
    var whole = AnswerJoiner()
    var key = AnswerJoiner()
    var index = 0
    while index < tokens.count {
      var end = index + 1
      if let source = tokens[index].source {
        while end < tokens.count, tokens[end].source == source + end - index { end += 1 }
        let range = passage.scalars(source..<source + end - index, of: prompt)
        pieces.append(.copied(range))
        whole.append(passage.text(range))
      } else {
        while end < tokens.count, tokens[end].source == nil { end += 1 }
        var written = AnswerJoiner()
        for token in tokens[index..<end] {
          let continues = vocabulary.continuesWord(token.id)
          written.append(vocabulary.text(token.id), continues: continues)
          whole.append(vocabulary.text(token.id), continues: continues)
        }
        pieces.append(.generated(written.text))
      }
      for token in tokens[index..<end] {
        if token.id == vocabulary.unknown, let source = token.source {
          key.append(passage.text(passage.scalars(source..<source + 1, of: prompt)))
        } else {
          key.append(vocabulary.text(token.id), continues: vocabulary.continuesWord(token.id))
        }
      }
      index = end
    }
    self.pieces = pieces
    text = whole.text
    self.key = key.text
  }
}
