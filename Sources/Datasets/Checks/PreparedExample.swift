/// An example with what the comparison with others needs.
struct PreparedExample {
  /// What is asked: everything that is not said by the assistant or the system.
  var prompt: ComparableText
  /// The last thing that the assistant says.
  var answer: ComparableText
  /// The passage in its context.
  var passage: ComparableText
  /// What the pairs are looked for by: the prompt, or without one the answer.
  var key: ComparableText { prompt.isEmpty ? answer : prompt }

  /// Reduces an example.
  init(_ example: Example, in vocabulary: inout Vocabulary) {
    let prompt = example.messages.filter { $0.role == .user || $0.role == .tool }
      .map(\.content).joined(separator: "\n")
    self.prompt = ComparableText(prompt, in: &vocabulary)
    answer = ComparableText(example.answer ?? "", in: &vocabulary)
    passage = ComparableText(example.passage ?? "", in: &vocabulary)
  }
}
