/// A model that reads a question together with a passage: slower than vectors and more exact, for the best
/// hits of a search. Declared here; joined with a model in `Attune`. Any thread may call it.
public protocol PassageReranker: Sendable {
  /// Names the model and its weights.
  var identity: String { get }
  /// What a passage that surely answers gets on top of its score.
  var weight: Double { get }
  /// For each passage the probability that it answers the question, in the order of the passages. They come
  /// as they are embedded, with titles and headings in front.
  func probabilities(question: String, passages: [String]) throws -> [Double]
}
