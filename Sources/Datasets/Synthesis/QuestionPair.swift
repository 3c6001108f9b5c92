/// A question with its answer, before it is an example.
struct QuestionPair: Hashable {
  var question: String
  var answer: String
}
