/// Something that holds documents: a folder, a file, a database.
///
/// A source lists what it holds cheaply, and reads one item at a time.
public protocol DocumentSource: Sendable {
  /// Everything in the source now, in a fixed order, with what could not be listed.
  ///
  /// - Throws: ``DocumentError`` when the source as a whole cannot be reached. The caller must then
  ///   keep what it knows of the source, not treat its documents as gone.
  func list() throws -> SourceListing

  /// Reads one item.
  ///
  /// - Throws: ``DocumentError`` naming the item, the reason and the remedy.
  func read(_ item: SourceItem) throws -> SourceContent

  /// A listing that differs from an earlier one wherever the source does, also where ``list()`` leaves that
  /// to reading.
  func look() throws -> SourceListing
}

extension DocumentSource {
  public func look() throws -> SourceListing { try list() }
}
