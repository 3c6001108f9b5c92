/// Where everything of a batch of readings lies among the rows that go through the model.
struct ReadingRows {
  /// The rows of each reading: its prefix, then its answer.
  private(set) var segments: [Range<Int>] = []
  /// The answer rows of all readings.
  private(set) var answers: [Int] = []
  /// For each answer row the row that its own token was copied from.
  private(set) var copiedFrom: [Int?] = []
  /// For each answer row the token that it should lead to.
  private(set) var targets: [Int32] = []
  /// For each answer row the rows that its target may be copied from.
  private(set) var places: [[Int]] = []
  /// For each reading its answer rows, counted in ``answers``, and the rows that may be copied.
  private(set) var parts: [(answers: Range<Int>, copyable: Range<Int>)] = []

  init(_ batch: ReadingBatch) {
    var count = 0
    for reading in batch.readings {
      let start = count
      let first = answers.count
      count += reading.tokenCount
      segments.append(start..<count)
      answers += start + reading.prefix.count..<count
      copiedFrom += reading.copiedFrom.map { $0.map { start + $0 } }
      targets += reading.targets
      places += reading.places.map { $0.map { start + $0 } }
      parts.append(
        (
          first..<answers.count,
          reading.copyable.lowerBound + start..<reading.copyable.upperBound + start
        )
      )
    }
  }
}
