/// Writes text for a conversation: a model on this machine, or one behind a server.
///
/// Declared here; ``ServerGenerator`` is one, and the program joins local models to it.
public protocol TextGenerator: Sendable {
  /// The name that answers and traces carry.
  var name: String { get }

  /// How many tokens prompt and answer may have together; nil where that is not known.
  var contextLength: Int? { get }

  /// How many tokens a text has, or a bound that is not below it as far as can be told.
  func countTokens(_ text: String) -> Int

  /// Writes text.
  ///
  /// - Parameters:
  ///   - request: the conversation and how to continue it.
  ///   - onText: takes each piece of text as it is written. A piece never ends within a character. What
  ///     it throws ends the generation and is thrown on.
  /// - Returns: the whole text, which is the pieces joined.
  /// - Throws: ``GenerationError``, `CancellationError`, or what `onText` throws.
  func generate(
    _ request: GenerationRequest,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult
}

extension TextGenerator {
  /// One token for every three bytes of UTF-8: above what common tokenizers make of prose in most
  /// languages.
  public func countTokens(_ text: String) -> Int { (text.utf8.count + 2) / 3 }

  /// Writes text and returns it when it is complete.
  public func generate(_ request: GenerationRequest) async throws -> GenerationResult {
    try await generate(request) { _ in }
  }
}
