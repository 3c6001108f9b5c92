package import Tokenizers

/// The token ids with a role of their own in an answer model.
package struct AnswerTokens: Sendable, Equatable {
  /// `[CLS]`: in front of the question, and again in front of the answer.
  package let start: Int32
  /// `[SEP]`: after the question, after the passage, and the end of an answer.
  package let end: Int32
  /// `[unused1]`: as the first token of an answer it says "not in the data".
  package let none: Int32

  /// The tokens by their ids.
  package init(start: Int32, end: Int32, none: Int32) {
    self.start = start
    self.end = end
    self.none = none
  }

  /// Looks the tokens up.
  ///
  /// - Throws: `LanguageModelError` with code `unsupportedModel` if the vocabulary lacks one.
  package init(_ tokenizer: Tokenizer) throws(LanguageModelError) {
    start = try Self.find("[CLS]", tokenizer)
    end = try Self.find("[SEP]", tokenizer)
    none = try Self.find("[unused1]", tokenizer)
  }

  private static func find(
    _ token: String,
    _ tokenizer: Tokenizer
  ) throws(LanguageModelError) -> Int32 {
    if let id = tokenizer.id(for: token) { return id }
    throw LanguageModelError(
      .unsupportedModel,
      "The vocabulary has no \(token), which an answer model needs.",
      subject: "answer model",
      remedy: "Use the base model that the answer model was trained on."
    )
  }
}
