/// How long a server may take and how much it may send.
public struct ServerLimits: Hashable, Sendable {
  /// Until a connection stands.
  public var connect: Duration
  /// From the request to the first text; a model may have to be loaded and the prompt read.
  public var firstText: Duration
  /// Between two pieces of text.
  public var idle: Duration
  /// For everything, retries included.
  public var total: Duration
  /// Bytes of one response.
  public var responseBytes: Int
  /// Bytes of one line of a streamed response.
  public var lineBytes: Int

  public init(
    connect: Duration = .seconds(5),
    firstText: Duration = .seconds(120),
    idle: Duration = .seconds(30),
    total: Duration = .seconds(600),
    responseBytes: Int = 16 << 20,
    lineBytes: Int = 1 << 20
  ) {
    self.connect = connect
    self.firstText = firstText
    self.idle = idle
    self.total = total
    self.responseBytes = responseBytes
    self.lineBytes = lineBytes
  }

  /// How often time limits are looked at.
  var tick: Duration {
    min(max(min(firstText, idle, total) / 10, .milliseconds(2)), .milliseconds(200))
  }
}
