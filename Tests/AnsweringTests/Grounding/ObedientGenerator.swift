import Answering

/// A generator that writes what its script says, in pieces of a few characters.
struct ObedientGenerator: TextGenerator {
  var name = "scripted"
  var contextLength: Int? = 4000
  /// What it writes for a prompt.
  var text: @Sendable (GenerationRequest) throws -> String

  func generate(
    _ request: GenerationRequest,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> GenerationResult {
    let text = try text(request)
    var rest = text[...]
    while !rest.isEmpty {
      try await onText(String(rest.prefix(5)))
      rest = rest.dropFirst(5)
    }
    return GenerationResult(
      text: text,
      finish: .stop,
      usage: .init(promptTokens: 100, completionTokens: 10)
    )
  }
}
