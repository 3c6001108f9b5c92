/// A `vocab.txt`: one token a line, its id the number of the line from 0.
enum VocabularyFile {
  static func read(_ bytes: [UInt8], name: String) throws(TokenizerError) -> Vocabulary {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var vocabulary = Vocabulary(expected: lines.count)
    for (id, line) in lines.enumerated() {
      let content = line.last == 0x0D ? line.dropLast() : line
      guard let token = String(validating: content, as: UTF8.self) else {
        throw TokenizerError(
          .malformedFile,
          "Line \(id + 1) of the vocabulary is not valid UTF-8.",
          subject: name,
          remedy: "Get the model again."
        )
      }
      try vocabulary.add(token, id: id, subject: name)
    }
    return vocabulary
  }
}
