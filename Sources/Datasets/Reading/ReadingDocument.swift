/// A text that questions are made from, in passages that belong together.
public struct ReadingDocument: Sendable, Hashable {
  /// What the examples from it name as their source.
  public var source: String
  public var title: String
  public var passages: [String]

  public init(source: String, title: String, passages: [String]) {
    self.source = source
    self.title = title
    self.passages = passages
  }

  /// The title without what stands in brackets to tell it from others; nil where it is too long to be
  /// said in a question.
  var topic: String? {
    let bare = String(title.prefix { $0 != "(" }).split(separator: " ").joined(separator: " ")
    guard !bare.isEmpty, bare.split(separator: " ").count <= 5, !bare.hasPrefix("List of") else {
      return nil
    }
    return bare
  }
}
