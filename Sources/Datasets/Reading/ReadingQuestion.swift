/// A question that people wrote, with the text that answers it, before a passage is cut from that.
public struct ReadingQuestion: Sendable, Hashable {
  public var question: String
  public var text: String
  /// Where the answer stands in the text, in Unicode scalars; nil where the text does not answer.
  public var answer: Range<Int>?
  public var kind: String
  public var source: String

  public init(question: String, text: String, answer: Range<Int>?, kind: String, source: String) {
    self.question = question
    self.text = text
    self.answer = answer
    self.kind = kind
    self.source = source
  }

  /// A question with a capital and its mark.
  static func written(_ question: String) -> String {
    var text = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while let last = text.last, last == "?" || last == " " || last == "." { text.removeLast() }
    return text.prefix(1).uppercased() + text.dropFirst() + "?"
  }
}
