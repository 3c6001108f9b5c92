public import Documents

/// An item that a sync could not take in, or passed over on purpose.
public struct SyncFailure: Codable, Hashable, Sendable {
  public var source: String
  /// Passed over on purpose, such as a format without a reader; not counted as a failure.
  public var isSkip: Bool
  public var error: DocumentError

  public init(source: String, isSkip: Bool, error: DocumentError) {
    self.source = source
    self.isSkip = isSkip
    self.error = error
  }
}
