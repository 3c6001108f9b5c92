/// What a source holds at one moment.
public struct SourceListing: Sendable {
  /// The items that can be read, in a fixed order.
  public var items: [SourceItem]
  /// Places that are passed over on purpose, with the reason (a format that has no reader yet).
  public var skipped: [DocumentError]
  /// Places that could not be listed or opened, with the reason.
  public var failures: [DocumentError]

  public init(
    items: [SourceItem],
    skipped: [DocumentError] = [],
    failures: [DocumentError] = []
  ) {
    self.items = items
    self.skipped = skipped
    self.failures = failures
  }
}
