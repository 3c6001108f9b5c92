import LanguageModels

/// Which questions each step of a training takes: in a new random order each epoch, in which some
/// questions of the same group stay together.
///
/// A pure function of the seed and the step. Every question has its turn once an epoch, and the steps of
/// an epoch are of the same size but for one question.
struct RankingOrder: Sendable {
  private let groups: [[Int]]
  private let count: Int
  private let togetherness: Int
  private let seed: UInt64
  /// Steps of an epoch.
  let stepsPerEpoch: Int

  init(_ examples: [RankingExample], settings: RankingSettings) {
    let members = Dictionary(grouping: examples.indices, by: { examples[$0].group })
    groups = members.sorted { $0.key < $1.key }.map(\.value)
    count = examples.count
    togetherness = settings.questionsPerGroup
    seed = settings.seed
    stepsPerEpoch = examples.isEmpty ? 0 : max(1, examples.count / settings.questionsPerStep)
  }

  /// The questions of a step, counted from 0 through all epochs.
  ///
  /// - Complexity: O(questions).
  func questions(ofStep step: Int) -> [Int] {
    precondition(step >= 0 && stepsPerEpoch > 0, "there is no such step")
    let (epoch, place) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let order = order(ofEpoch: epoch)
    let bound = { (place: Int) in place * count / stepsPerEpoch }
    return Array(order[bound(place)..<bound(place + 1)])
  }

  func order(ofEpoch epoch: Int) -> [Int] {
    var generator = Self.generator(seed: seed, epoch: epoch, example: -1)
    var parts: [[Int]] = []
    for group in groups {
      let shuffled = group.shuffled(using: &generator)
      for start in stride(from: 0, to: shuffled.count, by: togetherness) {
        parts.append(Array(shuffled[start..<min(start + togetherness, shuffled.count)]))
      }
    }
    return parts.shuffled(using: &generator).flatMap(\.self)
  }

  /// Random numbers of an example's turn in an epoch.
  static func generator(seed: UInt64, epoch: Int, example: Int) -> SeededGenerator {
    var first = SeededGenerator(
      seed: seed ^ UInt64(truncatingIfNeeded: epoch) &* 0x9E6C_63D0_876A_9A47
    )
    var second = SeededGenerator(
      seed: first.next() ^ UInt64(truncatingIfNeeded: example) &* 0xD1B5_4A32_D192_ED03
    )
    return SeededGenerator(seed: second.next())
  }
}
