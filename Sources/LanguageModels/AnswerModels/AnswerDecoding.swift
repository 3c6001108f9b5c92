/// How an answer is searched for.
public struct AnswerDecoding: Sendable, Hashable {
  /// How many unfinished answers are followed at once in each window of a passage, at most 32; 1 is
  /// greedy.
  public var beams: Int
  /// The most tokens of an answer; the model's own limit, at most 48, holds too.
  public var maximumTokens: Int
  /// How many answers are kept of each passage.
  public var hypotheses: Int
  /// Answers are given up whose log-probability is this far (nats) below that of the best finished
  /// one of their window, "not in the data" included. Infinite: none is.
  public var margin: Double

  /// Settings; a number below 1 counts as 1, a negative margin as 0.
  public init(
    beams: Int = 4,
    maximumTokens: Int = 48,
    hypotheses: Int = 4,
    margin: Double = 6
  ) {
    self.beams = beams
    self.maximumTokens = maximumTokens
    self.hypotheses = hypotheses
    self.margin = margin
  }
}

extension AnswerDecoding {
  /// The most beams, which bounds what a reading takes of memory.
  static let mostBeams = 32

  var usableBeams: Int { min(max(beams, 1), Self.mostBeams) }
  var usableHypotheses: Int { max(hypotheses, 1) }
}
