/// An answer in a list.
public struct AnswerHeading: Encodable, Hashable, Sendable {
  public var id: String
  /// Seconds since 1970.
  public var createdAt: Double
  public var question: String
}
