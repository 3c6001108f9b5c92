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
  /// The text of each weighed quote of a live passage, by ``quoteKey(_:)``.
  public var quoteTexts: [String: String]

  /// The name under which a quote's text is found.
  public static func quoteKey(_ quote: AnswerTrace.Quote) -> String {
    "\(quote.passage):\(quote.characters.lowerBound)-\(quote.characters.upperBound)"
  }
}
