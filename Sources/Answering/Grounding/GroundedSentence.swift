/// A sentence of an answer that a generator wrote, after its check.
public struct GroundedSentence: Codable, Hashable, Sendable {
  /// The sentence without markers, foreign links and markup.
  public var text: String
  /// Whether it begins a line; otherwise it follows the sentence before it behind a blank.
  public var beginsLine: Bool
  /// Whether the passages hold what it says, as far as a mechanical check can tell.
  public var isSupported: Bool
  /// How well they hold it, 0 to 1.
  public var score: Double
  /// Why it is not supported; empty where it is.
  public var faults: [SupportFault]
  /// Where it is supported, the best place first; empty where it is not. Markers count through the
  /// answer, and the same place has the same marker.
  public var citations: [Citation]
  /// Markers of the model that name no passage.
  public var unknownMarkers: [Int]
  /// Links and markup that no passage holds.
  public var removed: [String]
  /// Whether another passage than the one the model cited supports it, or it cited none.
  public var isRealigned: Bool

  public init(
    text: String,
    beginsLine: Bool,
    isSupported: Bool,
    score: Double,
    faults: [SupportFault],
    citations: [Citation],
    unknownMarkers: [Int],
    removed: [String],
    isRealigned: Bool
  ) {
    self.text = text
    self.beginsLine = beginsLine
    self.isSupported = isSupported
    self.score = score
    self.faults = faults
    self.citations = citations
    self.unknownMarkers = unknownMarkers
    self.removed = removed
    self.isRealigned = isRealigned
  }

  /// What stands behind a sentence that is not supported.
  public static let unsupportedMark = "[unsupported]"

  /// The sentence with its markers, or with the mark that it is not supported.
  public var display: String {
    isSupported
      ? ([text] + citations.map { "[\($0.marker)]" }).joined(separator: " ")
      : "\(text) \(Self.unsupportedMark)"
  }
}

extension Sequence where Element == GroundedSentence {
  /// The answer as it is shown.
  public var displayText: String {
    reduce(into: "") { text, sentence in
      if !text.isEmpty { text += sentence.beginsLine ? "\n" : " " }
      text += sentence.display
    }
  }
}
