/// What one sync of one source did.
public struct SyncReport: Codable, Hashable, Sendable {
  public var source: String
  public var added: Int
  public var changed: Int
  public var removed: Int
  public var unchanged: Int
  /// Items that could not be taken in; what was known of them is kept.
  public var failures: [SyncFailure]
  /// Items passed over on purpose.
  public var skipped: [SyncFailure]
  /// Sentences about what was repaired or left out inside items that were taken in.
  public var warnings: [String]
  /// Passages written, passages that had to be embedded, and tokens embedded.
  public var passages: Int
  public var embedded: Int
  public var tokens: Int
  public var seconds: Double

  public init(source: String) {
    self.source = source
    self.added = 0
    self.changed = 0
    self.removed = 0
    self.unchanged = 0
    self.failures = []
    self.skipped = []
    self.warnings = []
    self.passages = 0
    self.embedded = 0
    self.tokens = 0
    self.seconds = 0
  }
}
