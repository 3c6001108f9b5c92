public import Datasets

/// Examples of which each fits the training and teaches something, with what was done to get there.
public struct FittedExamples: Sendable, Equatable {
  /// What was lost.
  public struct Losses: Sendable, Equatable, Codable {
    /// Examples that were cut at the end.
    public var cut = 0
    /// Examples that were left out because they are too long.
    public var leftOut = 0
    /// Tokens that are gone, of examples cut or left out as too long.
    public var tokens = 0
    /// Those among them that were to be learnt.
    public var learntTokens = 0
    /// Examples left out because nothing in them is learnt, before or after they were cut.
    public var withoutTargets = 0

    /// Nothing was lost.
    public init() {}
  }

  /// The examples, in their order.
  public let examples: [EncodedExample]
  /// What was lost.
  public let losses: Losses

  /// Makes examples fit.
  ///
  /// - Parameters:
  ///   - examples: the examples.
  ///   - maximumTokens: the most tokens of one.
  ///   - overlong: what is done with longer ones.
  /// - Throws: ``FineTuningError`` with code `invalidExample` if examples are too long and
  ///   `overlong` is ``OverlongExamples/refuse``; with code `emptyData` if nothing is left to learn.
  public init(
    _ examples: [EncodedExample],
    maximumTokens: Int,
    overlong: OverlongExamples = .refuse
  ) throws(FineTuningError) {
    var losses = Losses()
    var fitting: [EncodedExample] = []
    var longest = 0
    for example in examples {
      var example = example
      if example.tokens.count > maximumTokens {
        longest = max(longest, example.tokens.count)
        let kept = overlong == .cut ? maximumTokens : 0
        losses.tokens += example.tokens.count - kept
        losses.learntTokens += example.isLearnt[kept...].count { $0 }
        guard overlong == .cut else {
          losses.leftOut += 1
          continue
        }
        losses.cut += 1
        example = EncodedExample(
          tokens: Array(example.tokens.prefix(maximumTokens)),
          isLearnt: Array(example.isLearnt.prefix(maximumTokens))
        )
      }
      guard example.targetCount > 0 else {
        losses.withoutTargets += 1
        continue
      }
      fitting.append(example)
    }
    if overlong == .refuse, losses.leftOut > 0 {
      throw FineTuningError(
        .invalidExample,
        "\(losses.leftOut) of \(examples.count) examples have more than \(maximumTokens) tokens, the "
          + "longest \(longest).",
        subject: "training data",
        remedy: "Allow at least \(longest) tokens, or have them cut (\(losses.learntTokens) learnt "
          + "tokens are in them) or left out."
      )
    }
    guard !fitting.isEmpty else {
      throw FineTuningError(
        .emptyData,
        examples.isEmpty
          ? "There are no examples."
          : "In none of the \(examples.count) examples is there anything to learn.",
        subject: "training data",
        remedy: "Give examples with an assistant's answer that fits into \(maximumTokens) tokens."
      )
    }
    self.examples = fitting
    self.losses = losses
  }
}
