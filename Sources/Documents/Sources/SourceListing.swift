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

extension SourceListing {
  /// Differs where the listing differs.
  public struct Digest: Hashable, Sendable {
    private let items: Int
    private let failures: Set<String>

    fileprivate init(_ listing: SourceListing) {
      items = listing.items.hashValue
      failures = Set(listing.failures.map(\.subject))
    }
  }

  public var digest: Digest { Digest(self) }
}
