/// Why knowledge could not be taken in or found.
public struct KnowledgeError: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    case sourceExists, sourceUnknown, sourceUnreachable, embedderChanged, emptyQuery
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The source or query it is about.
  public var subject: String
  public var cause: String?
  /// What to do next.
  public var remedy: String

  public init(
    _ code: Code,
    _ message: String,
    subject: String,
    cause: String? = nil,
    remedy: String
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }
}
