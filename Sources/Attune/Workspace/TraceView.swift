public import Answering

/// An answer's trace together with what its identifiers stand for now.
public struct TraceView: Sendable {
  public var id: String
  /// Seconds since 1970.
  public var createdAt: Double
  public var question: String
  /// The answer as shown; absent once a passage behind it is gone.
  public var answer: String?
  public var citations: [Citation]
  public var trace: AnswerTrace
  /// Where each live passage of the trace stands, by its identifier.
  public var passageURLs: [String: String]
  /// The text of each weighed quote of a live passage, by ``quoteKey(_:)``, and of each part that a reader
  /// copied, by ``key(_:_:)``.
  public var quoteTexts: [String: String]

  /// The name under which a quote's text is found.
  public static func quoteKey(_ quote: AnswerTrace.Quote) -> String {
    key(quote.passage, quote.characters)
  }

  /// The name under which the text of a part of a passage is found.
  public static func key(_ passage: Int64, _ characters: Range<Int>) -> String {
    "\(passage):\(characters.lowerBound)-\(characters.upperBound)"
  }
}
