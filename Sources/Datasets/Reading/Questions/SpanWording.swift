/// The question words that ask for a span.
struct SpanWording: Sendable {
  /// "who", "how many floors", "what year".
  var asking: String
  /// The words that it stands for: the span and what is asked along with it.
  var replaced: Range<Int>
  /// Whether the preposition in front of the span is part of the question word: "when" for "in 1932".
  var takesPreposition = false
}
