/// What was read from one data set: questions that people wrote, and texts to make more from.
public struct ReadingSource: Sendable, Hashable {
  public var questions: [ReadingQuestion] = []
  public var documents: [ReadingDocument] = []
  public var tables: [ReadingTable] = []

  public init() {}

  /// Both together.
  public static func + (one: ReadingSource, other: ReadingSource) -> ReadingSource {
    var sum = one
    sum.questions += other.questions
    sum.documents += other.documents
    sum.tables += other.tables
    return sum
  }
}
