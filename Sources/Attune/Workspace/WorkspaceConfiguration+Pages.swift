import Documents

extension WorkspaceConfiguration {
  /// Where on the web a cited place can be looked at.
  ///
  /// - Parameter url: The place's `attune://` address.
  /// - Returns: The page's address; nil where the source is no web site.
  public func pageURL(of url: String) -> String? {
    guard let place = DocumentURL(url),
      let source = sources.first(where: { $0.name == place.source })
    else { return nil }
    return WebSource.pageURL(ofDocument: place.path, in: source.path)
  }
}
