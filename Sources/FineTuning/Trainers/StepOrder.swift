import LanguageModels

/// Which items each step of a training takes: a new random order for each epoch, cut into steps.
///
/// A pure function of the seed and the step, so that a training resumes without a stored iterator.
/// Every epoch has the same number of steps, and every item has its turn once an epoch.
public struct StepOrder: Sendable, Equatable {
  /// The length of each item in tokens.
  private let lengths: [Int]
  private let size: StepSize
  private let seed: UInt64
  /// Steps of an epoch.
  public let stepsPerEpoch: Int

  /// An order of items.
  ///
  /// - Parameters:
  ///   - lengths: the tokens of each item.
  ///   - size: how much a step takes; at least one item, whatever it says.
  ///   - seed: decides the order.
  public init(lengths: [Int], size: StepSize, seed: UInt64) {
    self.lengths = lengths
    self.size = size
    self.seed = seed
    let wanted: Int
    switch size {
    case .examples(let count):
      wanted = (lengths.count - 1) / max(1, count) + 1
    case .tokens(let count):
      let all = Double(lengths.reduce(0, +))
      wanted = Int((all / Double(max(1, count))).rounded())
    }
    stepsPerEpoch = lengths.isEmpty ? 0 : min(max(1, wanted), lengths.count)
  }

  /// The items of a step, counted from 0 through all epochs.
  ///
  /// - Complexity: O(items); all steps of an epoch together are O(items · steps).
  public func items(ofStep step: Int) -> [Int] {
    precondition(step >= 0 && stepsPerEpoch > 0, "there is no such step")
    let (epoch, place) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let order = order(ofEpoch: epoch)
    switch size {
    case .examples(let count):
      let start = place * max(1, count)
      return Array(order[start..<min(start + max(1, count), order.count)])
    case .tokens:
      let cuts = cuts(order)
      return Array(order[cuts[place]..<cuts[place + 1]])
    }
  }

  /// All items in the order of an epoch (Fisher & Yates).
  func order(ofEpoch epoch: Int) -> [Int] {
    // The seed of an epoch is a random number of its own, so that no two epochs share a stream.
    var seeds = SeededGenerator(
      seed: seed ^ UInt64(truncatingIfNeeded: epoch) &* 0x9E6C_63D0_876A_9A47
    )
    var generator = SeededGenerator(seed: seeds.next())
    var order = Array(lengths.indices)
    for index in stride(from: order.count - 1, to: 0, by: -1) {
      let bound = UInt64(index + 1)
      order.swapAt(index, Int(generator.next().multipliedFullWidth(by: bound).high))
    }
    return order
  }

  /// Where the steps begin in an epoch, and its end: as near to equal numbers of tokens as whole items
  /// allow, and no step empty.
  private func cuts(_ order: [Int]) -> [Int] {
    let all = Double(lengths.reduce(0, +))
    var cuts = [0]
    var index = 0
    var sum = 0
    for step in 1..<max(1, stepsPerEpoch) {
      let wanted = all * Double(step) / Double(stepsPerEpoch)
      let last = order.count - (stepsPerEpoch - step)
      let first = cuts[step - 1] + 1
      while index < last, index < first || Double(sum) + Double(lengths[order[index]]) / 2 < wanted
      {
        sum += lengths[order[index]]
        index += 1
      }
      cuts.append(index)
    }
    return cuts + [order.count]
  }
}
