import Documents
public import Knowledge

extension StoredPassage {
  /// The canonical URL of the passage: `attune://<source>/<path>#…`.
  public var url: String {
    DocumentURL(
      source: document.source,
      path: document.path,
      location: passage.location
    ).description
  }
}
