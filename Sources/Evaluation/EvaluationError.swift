/// Why something could not be measured, read or checked.
public struct EvaluationError: Error, Codable, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Codable, Sendable {
    case unreadable, malformed, missing, duplicate, noData, tooFewClusters, invalidValue
    case invalidExperiment, notConverged
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file (with `:line` where there is one), experiment or measure it is about.
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
