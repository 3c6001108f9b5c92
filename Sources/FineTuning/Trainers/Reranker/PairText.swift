/// A question and a passage as a cross-encoder of the BERT family reads them: `[CLS] question [SEP]
/// passage [SEP]`, of token type 0 up to the first `[SEP]` and 1 after it.
struct PairText: Sendable, Equatable {
  let ids: [Int32]
  let types: [Int]

  /// Joins two texts that each have their special tokens.
  init(question: [Int32], passage: [Int32]) {
    ids = question + passage.dropFirst()
    types =
      [Int](repeating: 0, count: question.count)
      + [Int](repeating: 1, count: max(0, passage.count - 1))
  }
}
