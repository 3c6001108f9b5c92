/// What an answer model makes of a question and one passage, or of a question alone.
public struct AnswerReading: Sendable, Hashable {
  /// A part of an answer.
  public enum Piece: Sendable, Hashable {
    /// The passage's own characters in a range of its Unicode scalars.
    case copied(Range<Int>)
    /// Words that the model has written, in lower case as its vocabulary is.
    case generated(String)
  }

  /// One answer.
  public struct Hypothesis: Sendable, Hashable {
    /// The parts that it is joined from; two copied ones are never next to each other.
    public var pieces: [Piece]
    /// The pieces as one text.
    public var text: String
    /// Natural logarithm of the probability of the text given question and passage: of all ways to
    /// copy or write it that the search has found. Not divided by the length.
    public var logProbability: Double

    /// A hypothesis from its parts.
    public init(pieces: [Piece], text: String, logProbability: Double) {
      self.pieces = pieces
      self.text = text
      self.logProbability = logProbability
    }
  }

  /// The answers found, best first; empty where "not in the data" is all there is.
  public var hypotheses: [Hypothesis]
  /// Natural logarithm of the probability that the answer is not in the data.
  public var logProbabilityOfNone: Double
  /// Tokens read and written, those of answers given up included.
  public var tokens: Int

  /// A reading from its parts.
  public init(hypotheses: [Hypothesis], logProbabilityOfNone: Double, tokens: Int) {
    self.hypotheses = hypotheses
    self.logProbabilityOfNone = logProbabilityOfNone
    self.tokens = tokens
  }
}
