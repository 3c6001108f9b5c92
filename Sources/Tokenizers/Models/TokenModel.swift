/// How words are spelled in tokens.
enum TokenModel: Sendable {
  case wordPiece(WordPiece)
  case bytePair(BytePairEncoding)
  case unigram(Unigram)
}
