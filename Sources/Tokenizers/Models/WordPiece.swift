/// Spells a word with the longest pieces of a vocabulary, from left to right; a word that cannot
/// be spelled to its end becomes the unknown token.
///
/// Source: Wu et al., 2016, https://arxiv.org/abs/1609.08144, and `WordPiece` of the `tokenizers`
/// package.
struct WordPiece: Sendable {
  let unknownID: Int32
  let maximumWordLength: Int
  /// Every token as it is spelled, for the beginning of a word.
  private let initial: ByteStringTable
  /// Tokens with the continuation prefix, spelled without it, for the rest of a word.
  private let continuing: ByteStringTable

  /// - Parameters:
  ///   - vocabulary: the tokens of the model, without added ones.
  ///   - unknownID: stands for a word that cannot be spelled.
  ///   - continuationPrefix: begins a token that goes on with a word, `##` in BERT.
  ///   - maximumWordLength: a longer word, counted in scalars, is unknown.
  init(
    vocabulary: Vocabulary,
    unknownID: Int32,
    continuationPrefix: String,
    maximumWordLength: Int
  ) {
    self.unknownID = unknownID
    self.maximumWordLength = maximumWordLength
    initial = vocabulary.table
    var continuing = ByteStringTable(expected: vocabulary.count / 4)
    let prefix = Array(continuationPrefix.utf8)
    vocabulary.forEach { token, id in
      if token.utf8.starts(with: prefix) {
        continuing.insert(token.utf8.dropFirst(prefix.count), id: id)
      }
    }
    self.continuing = continuing
  }

  /// Appends the pieces of one word to `pieces`, each with its range of bytes.
  func spell(_ text: [UInt8], _ word: Range<Int>, into pieces: inout PieceScratch) {
    if word.count > maximumWordLength,
      UTF8Reader.scalarCount(of: word, in: text) > maximumWordLength
    {
      pieces.append(unknownID, word)
      return
    }
    let mark = pieces.count
    var start = word.lowerBound
    while start < word.upperBound {
      let rest = start..<word.upperBound
      let found =
        start == word.lowerBound
        ? initial.longestPrefix(of: text, rest, hashes: &pieces.hashes)
        : continuing.longestPrefix(of: text, rest, hashes: &pieces.hashes)
      guard let found else {
        pieces.removeAll(from: mark)
        pieces.append(unknownID, word)
        return
      }
      pieces.append(found.id, start..<start + found.count)
      start += found.count
    }
  }
}
