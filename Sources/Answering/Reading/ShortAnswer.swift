/// The answer in a few words, as a reader took it from a passage.
public struct ShortAnswer: Hashable, Sendable {
  public var text: String
  /// The markers of its citations; where it is copied, there is one, of exactly the characters copied.
  public var markers: [Int]
  /// Whether it stands to the letter at the place cited. Where it does not, it is in the reader's own
  /// words, and the places cited hold what it says.
  public var isVerbatim: Bool
  /// The calibrated probability that it is right.
  public var confidence: Double
}
