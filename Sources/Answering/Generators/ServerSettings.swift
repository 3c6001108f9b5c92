/// Which OpenAI-compatible server writes, and within which limits.
public struct ServerSettings: Hashable, Sendable {
  /// The address up to and including the version, such as `http://localhost:11434/v1`. Without a path,
  /// `/v1` is assumed.
  public var baseURL: String
  /// The model's name as the server knows it.
  public var model: String
  /// The environment variable that holds the key; nil where the server wants none.
  public var keyVariable: String?
  /// Tokens that prompt and answer may have together; nil where that is not known.
  public var contextLength: Int?
  /// Whether plain `http` to other machines is allowed. Questions, passages and key then travel in the
  /// clear.
  public var allowsPlainHTTP: Bool
  /// Whether the text is asked for piece by piece.
  public var streams: Bool
  public var limits: ServerLimits
  public var retries: ServerRetries

  public init(
    baseURL: String,
    model: String,
    keyVariable: String? = nil,
    contextLength: Int? = nil,
    allowsPlainHTTP: Bool = false,
    streams: Bool = true,
    limits: ServerLimits = ServerLimits(),
    retries: ServerRetries = ServerRetries()
  ) {
    self.baseURL = baseURL
    self.model = model
    self.keyVariable = keyVariable
    self.contextLength = contextLength
    self.allowsPlainHTTP = allowsPlainHTTP
    self.streams = streams
    self.limits = limits
    self.retries = retries
  }
}
