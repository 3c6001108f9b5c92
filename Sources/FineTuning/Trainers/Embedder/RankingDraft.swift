/// A batch in the making: numbers of examples and passages instead of tokens.
struct RankingDraft {
  private var examples: [Int] = []
  private var positives: [Int] = []
  private var negatives: [Int] = []
  private(set) var tokens = 0

  var isEmpty: Bool { examples.isEmpty }

  mutating func add(_ example: Int, positive: Int, negatives wrong: [Int], tokens count: Int) {
    examples.append(example)
    positives.append(positive)
    negatives += wrong
    tokens += count
  }

  /// The batch. A hard negative that is there already is not there twice, and what answers a question
  /// does not count as wrong for it.
  func batch(in data: RankingData) -> RankingBatch {
    var seen = Set(positives)
    let passages = positives + negatives.filter { seen.insert($0).inserted }
    return RankingBatch(
      questions: examples.map { data.questions[$0] },
      passages: passages.map { data.passages[$0] },
      excluded: examples.enumerated().map { row, example in
        Set(
          passages.indices.filter {
            $0 != row && data.acceptable[example].contains(passages[$0])
          }
        )
      }
    )
  }
}
