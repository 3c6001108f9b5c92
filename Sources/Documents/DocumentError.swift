/// Why a document, or a place that should hold one, could not be read.
public struct DocumentError: Error, Codable, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Codable, Sendable {
    case notFound, noPermission, unsupportedFormat, tooLarge, notText, malformed, changedWhileRead
    case locked, corrupt, encrypted, loop, link, inputOutput, empty, disallowed
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file, table or place it is about.
  public var subject: String
  /// What the system or a library said, where that helps.
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
