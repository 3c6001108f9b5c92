/// Why a text could not be written.
public struct GenerationError: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    /// The settings cannot be used.
    case invalidSettings
    /// The environment variable with the key is absent, empty or unusable.
    case missingKey
    /// No connection came about.
    case unreachable
    /// Nothing arrived in time.
    case timedOut
    /// The server does not accept the key.
    case unauthorized
    /// The server has no such model, or no such address.
    case notFound
    /// Too many requests.
    case rateLimited
    /// The server refuses the request as it is.
    case refused
    /// The server failed.
    case serverFailed
    /// The server points to another address.
    case redirected
    /// What came back is not what the protocol says.
    case malformedResponse
    /// The response broke off.
    case interrupted
    /// The response is larger than the limit.
    case tooLarge
    /// Prompt and answer do not fit into the model's context.
    case promptTooLong
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The server or model it is about.
  public var subject: String
  /// What the system or the server said, shortened; never holds a key.
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
