/// How long the parts of an answer took, in milliseconds.
public struct AnswerTimings: Codable, Hashable, Sendable {
  public var retrieve: Double
  public var generate: Double
  public var total: Double

  public init(retrieve: Double = 0, generate: Double = 0, total: Double = 0) {
    self.retrieve = retrieve
    self.generate = generate
    self.total = total
  }
}
