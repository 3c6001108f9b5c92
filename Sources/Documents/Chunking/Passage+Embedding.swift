/// The text that is embedded for a passage.
extension Passage {
  /// What goes in front of the passage's text when it is embedded, ending with a line feed.
  ///
  /// A row that begins with its table's name does not get it twice.
  public func embeddingPrefix(title: String) -> String {
    let namesItself = !fields.isEmpty && !title.isEmpty && text.hasPrefix(title + " | ")
    return contextPrefix(title: namesItself ? "" : title, headings: headings)
  }

  /// The whole text to embed: prefix and passage.
  public func embeddingText(title: String) -> String { embeddingPrefix(title: title) + text }
}
