/// How much a word counts in each part of a passage, for BM25.
public struct LexicalWeights: Hashable, Sendable {
  /// In the document's title.
  public var title: Double
  /// In the headings above the passage.
  public var headings: Double
  /// In the passage itself.
  public var text: Double

  public init(title: Double = 2, headings: Double = 1.5, text: Double = 1) {
    self.title = title
    self.headings = headings
    self.text = text
  }
}
