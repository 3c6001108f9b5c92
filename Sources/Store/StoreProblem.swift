/// Something that a check of the store found wrong.
public struct StoreProblem: Hashable, Sendable {
  /// One sentence that says what is wrong.
  public var message: String
  /// The file or table it is about.
  public var subject: String
  /// What to do next.
  public var remedy: String

  public init(_ message: String, subject: String, remedy: String) {
    self.message = message
    self.subject = subject
    self.remedy = remedy
  }
}
