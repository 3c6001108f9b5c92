/// Puts passages into the questions of examples, among them ones that do not help, so that a model
/// learns to answer from what retrieval finds and not to be led astray (RAFT, arXiv 2403.10131).
public struct ContextAugmenter: Sendable {
  /// Makes the user's message from the passages, in the order of their numbers, and the question.
  public typealias Frame = @Sendable (_ passages: [String], _ question: String) -> String

  /// Numbered passages above the question.
  public static let numbered: Frame = { passages, question in
    let numbered = passages.enumerated().map { "[\($0 + 1)] \($1)" }
    return (numbered + ["Question: \(question)"]).joined(separator: "\n\n")
  }

  private var distractors: Int
  private var oracleShare: Double
  private var seed: UInt64
  private var frame: Frame

  /// An augmenter.
  ///
  /// - Parameters:
  ///   - distractors: How many passages without the answer stand beside the one with it.
  ///   - oracleShare: The share of the examples whose passage is in the context; the others learn the
  ///     answer by heart, with one more distractor in its place.
  ///   - seed: Decides which examples those are, and the order of the passages.
  ///   - frame: Makes the message, in the way in which the model is prompted later.
  /// - Throws: ``DatasetError`` where a figure makes no sense.
  public init(
    distractors: Int,
    oracleShare: Double,
    seed: UInt64,
    frame: @escaping Frame = ContextAugmenter.numbered
  ) throws {
    guard distractors >= 0, distractors <= 100, oracleShare >= 0, oracleShare <= 1 else {
      throw DatasetError(
        .invalidValue,
        "A context has 0 to 100 distractors, and the share with the right passage is from 0 to 1.",
        subject: "\(distractors) distractors, share \(oracleShare)",
        remedy: "Give figures such as 4 distractors and a share of 0.8."
      )
    }
    self.distractors = distractors
    self.oracleShare = oracleShare
    self.seed = seed
    self.frame = frame
  }

  /// The examples in their order, each that has a passage with passages in its last question.
  ///
  /// Distractors are the example's own, then passages of other examples in the same split that neither
  /// hold the answer nor come from the same passage. Which are drawn depends on the seed and the
  /// example, not on the order. What was put in is kept in `distractors`.
  public func augment(_ examples: [Example]) -> [Example] {
    var pools: [Example.Split?: [String]] = [:]
    var known: [Example.Split?: Set<String>] = [:]
    for example in examples {
      guard let passage = example.passage, !passage.isEmpty,
        known[example.split, default: []].insert(passage).inserted
      else { continue }
      pools[example.split, default: []].append(passage)
    }
    for split in pools.keys { pools[split]?.sort() }
    return examples.map { augment($0, pool: pools[$0.split] ?? []) }
  }

  /// One example with passages in its last question; as it is where it has no passage or no question.
  ///
  /// - Parameters:
  ///   - example: The example.
  ///   - pool: Passages to draw from where its own distractors do not suffice.
  /// - Returns: The example with another user message, and with the distractors that stand in it.
  public func augment(_ example: Example, pool: [String]) -> Example {
    guard let passage = example.passage, !passage.isEmpty, let answer = example.answer,
      let answered = example.messages.lastIndex(where: { $0.role == .assistant }),
      let asked = example.messages[..<answered].lastIndex(where: { $0.role == .user })
    else { return example }
    var hash = CanonicalHash("context")
    hash.add(Int(truncatingIfNeeded: seed))
    hash.add(example.identifier)
    var random = SeededGenerator(hash.bytes)
    let hasOracle = random.unit() < oracleShare
    let wanted = hasOracle ? distractors : distractors + 1
    var drawn: [String] = []
    func take(_ candidate: String) {
      guard drawn.count < wanted, candidate != passage, !drawn.contains(candidate),
        !QuestionFilter.stands(answer, in: candidate)
      else { return }
      drawn.append(candidate)
    }
    example.distractors.forEach(take)
    // Draws until there are enough; a pool of unfit passages ends after a look at each, on average.
    var tries = pool.count * 2
    while drawn.count < wanted, tries > 0, let candidate = pool.randomElement(using: &random) {
      take(candidate)
      tries -= 1
    }
    var result = example
    result.distractors = drawn
    let context = ((hasOracle ? [passage] : []) + drawn).shuffled(using: &random)
    if !context.isEmpty {
      result.messages[asked].content = frame(context, example.messages[asked].content)
    }
    return result
  }
}
