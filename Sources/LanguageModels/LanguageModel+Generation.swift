public import Foundation
import Synchronization
import Tokenizers

extension LanguageModel {
  /// Continues a text.
  ///
  /// - Parameters:
  ///   - prompt: the text; the model's beginning token is put in front where it has one.
  ///   - settings: how to generate.
  ///   - onPiece: called for each token with the text that has become certain; may end the
  ///     generation.
  /// - Returns: the continuation.
  /// - Throws: `LanguageModelError` with code `contextExceeded` if the prompt leaves no room in the
  ///   context, `invalidInput` if a setting makes no sense; and what `onPiece` throws.
  public func generate(
    prompt: String,
    settings: GenerationSettings = GenerationSettings(),
    onPiece: (GenerationPiece) throws -> GenerationPiece.Reply = { _ in .goOn }
  ) throws -> GenerationResult {
    let tokens = tokenizer.ids(of: prompt, addSpecialTokens: true)
    return try generate(
      tokens: tokens,
      continuesText: true,
      settings: settings,
      onPiece: onPiece
    )
  }

  /// Answers in a conversation, by the model's chat template.
  ///
  /// - Parameters:
  ///   - messages: the conversation so far.
  ///   - tools: the tools that the model may call, as JSON schemas.
  ///   - variables: what else the template reads, such as `enable_thinking`.
  ///   - now: the time, for templates that tell it.
  ///   - settings: how to generate.
  ///   - onPiece: called for each token with the text that has become certain; may end the
  ///     generation.
  /// - Returns: the answer.
  /// - Throws: as ``promptTokens(for:tools:variables:now:)`` and ``generate(prompt:settings:onPiece:)``
  ///   do.
  public func generate(
    messages: [ChatMessage],
    tools: [TemplateValue]? = nil,
    variables: [String: TemplateValue] = [:],
    now: Date,
    settings: GenerationSettings = GenerationSettings(),
    onPiece: (GenerationPiece) throws -> GenerationPiece.Reply = { _ in .goOn }
  ) throws -> GenerationResult {
    try generate(
      tokens: promptTokens(for: messages, tools: tools, variables: variables, now: now),
      continuesText: false,
      settings: settings,
      onPiece: onPiece
    )
  }

  /// Continues tokens.
  ///
  /// - Parameters:
  ///   - tokens: the prompt, special tokens included; at least one.
  ///   - continuesText: whether the result is to be set behind the prompt's text, where its first
  ///     blank counts, or stands for itself.
  ///   - settings: how to generate.
  ///   - onPiece: called for each token with the text that has become certain; may end the
  ///     generation.
  /// - Returns: the continuation.
  /// - Throws: as ``generate(prompt:settings:onPiece:)`` does.
  public func generate(
    tokens: [Int32],
    continuesText: Bool,
    settings: GenerationSettings = GenerationSettings(),
    onPiece: (GenerationPiece) throws -> GenerationPiece.Reply = { _ in .goOn }
  ) throws -> GenerationResult {
    try check(tokens, settings)
    let (wanted, overflow) = tokens.count.addingReportingOverflow(settings.maximumTokens)
    let cache = try takeCache(capacity: overflow ? contextLength : wanted)
    defer { giveBack(cache) }
    // The last token is always read, since its logits are needed.
    let shared = min(cache.sharedPrefix(with: tokens), tokens.count - 1)
    let reused = cache.truncate(to: shared)
    var generation = try Generation(
      model: self,
      prompt: tokens,
      continuesText: continuesText,
      settings: settings
    )
    var pending = Array(tokens[reused...])
    while generation.end == nil {
      let logits = try decoder.forward(pending, cache: cache).first ?? []
      guard let piece = generation.take(logits) else { break }
      if try onPiece(piece) == .stop { generation.cancel() }
      pending = [piece.token?.id].compactMap(\.self)
    }
    let rest = generation.finish()
    if !rest.isEmpty { _ = try onPiece(GenerationPiece(text: rest, token: nil)) }
    return generation.result(reusedTokens: reused)
  }

  private func check(
    _ tokens: [Int32],
    _ settings: GenerationSettings
  ) throws(LanguageModelError) {
    guard !tokens.isEmpty, settings.maximumTokens >= 1 else {
      throw LanguageModelError(
        .invalidInput,
        tokens.isEmpty
          ? "The prompt is empty, and the model has no token to begin with."
          : "\(settings.maximumTokens) tokens are asked for, not 1 or more.",
        subject: "generation",
        remedy: tokens.isEmpty ? "Give some text to continue." : "Ask for 1 token or more."
      )
    }
    guard tokens.count < contextLength else {
      throw LanguageModelError(
        .contextExceeded,
        "The prompt has \(tokens.count) tokens; the context takes \(contextLength), the answer "
          + "included.",
        subject: "prompt",
        remedy: contextLength < decoder.configuration.contextLength
          ? "Shorten the prompt, or ask for a context of up to "
            + "\(decoder.configuration.contextLength) tokens."
          : "Shorten the prompt, or use a model with a longer context."
      )
    }
  }

  /// The cache of the last call, or a new one where another call has it or it is too small.
  private func takeCache(capacity: Int) throws(LanguageModelError) -> KeyValueCache {
    let wanted = min(capacity, contextLength)
    let spare = cache.withLock { cache -> KeyValueCache? in
      defer { cache = nil }
      return cache
    }
    let adapter = adapter
    if let spare, spare.capacity >= wanted, spare.adapter === adapter { return spare }
    // A conversation that has outgrown its cache gets room to spare, so that it seldom begins anew; one
    // question gets none, since a cache of long contexts is as large as the weights.
    let room = spare == nil ? wanted : wanted + wanted / 4
    let step = Self.cacheStep
    let size = (room + step - 1) / step * step
    return try decoder.makeCache(capacity: min(size, contextLength), adapter: adapter)
  }

  private func giveBack(_ used: KeyValueCache) {
    // What was read with another adapter than the present one is of no more use.
    guard used.adapter === adapter else { return }
    cache.withLock { $0 = used }
  }
}
