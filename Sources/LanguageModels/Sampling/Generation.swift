import Tokenizers

/// One text on its way: tokens chosen so far, the text that has become certain, and why it ended.
struct Generation {
  private let model: LanguageModel
  private let settings: GenerationSettings
  private let endTokens: Set<Int32>
  private let prompt: Int
  private var history: [Int32]
  private var sampler: Sampler
  private var stream: TokenStreamDecoder
  private var stops: StopMatcher
  private var constraint: (any TokenConstraint)?
  private var tokens: [GeneratedToken] = []
  private var text = ""

  /// Why the text has ended; `nil` while it goes on.
  private(set) var end: GenerationResult.End?

  /// - Throws: `LanguageModelError` with code `invalidInput` if a setting makes no sense.
  init(
    model: LanguageModel,
    prompt: [Int32],
    continuesText: Bool,
    settings: GenerationSettings
  ) throws(LanguageModelError) {
    self.model = model
    self.settings = settings
    self.prompt = prompt.count
    history = prompt
    sampler = try Sampler(settings.sampling, kernels: model.decoder.kernels)
    stream = model.tokenizer.makeStreamDecoder()
    stops = StopMatcher(settings.stopStrings)
    constraint = settings.constraint
    var ends = Set(settings.stopTokens)
    if !settings.ignoresEndTokens {
      ends.formUnion(model.decoder.configuration.endTokens)
      // The tokenizer of a chat model often knows better than its configuration.
      if let end = model.tokenizer.specialTokens.end { ends.insert(end) }
    }
    endTokens = ends
    // The first blank of a text is dropped by some vocabularies; this one begins in the prompt.
    if continuesText { for id in prompt { _ = stream.push(id) } }
  }

  /// Chooses the next token.
  ///
  /// - Parameter logits: those after the last token.
  /// - Returns: the token and the text that has become certain; `nil` if no token can be chosen,
  ///   which ends the text.
  mutating func take(_ logits: [Float]) -> GenerationPiece? {
    guard let token = choose(logits) else {
      end = .constraint
      return nil
    }
    tokens.append(token)
    history.append(token.id)
    guard !endTokens.contains(token.id) else {
      end = .endToken
      return GenerationPiece(text: "", token: token)
    }
    if let bytes = model.tokenizer.bytes(of: token.id) { constraint?.advance(bytes) }
    let (piece, isStopped) = stops.push(stream.push(token.id))
    text += piece
    if isStopped {
      end = .stopString
    } else if tokens.count >= settings.maximumTokens {
      end = .length
    } else if history.count >= model.contextLength {
      end = .context
    }
    return GenerationPiece(text: piece, token: token)
  }

  /// Ends the text at the receiver's wish.
  mutating func cancel() {
    if end == nil { end = .cancelled }
  }

  /// The text that was held back.
  mutating func finish() -> String {
    guard end != .stopString else { return "" }
    let (piece, isStopped) = stops.push(stream.finish())
    let rest = isStopped ? piece : piece + stops.finish()
    text += rest
    return rest
  }

  /// What has been generated.
  func result(reusedTokens: Int) -> GenerationResult {
    GenerationResult(
      text: text,
      tokens: tokens,
      end: end ?? .cancelled,
      promptTokens: prompt,
      reusedTokens: reusedTokens
    )
  }

  private mutating func choose(_ logits: [Float]) -> GeneratedToken? {
    guard let constraint else { return sampler.choose(logits, history: history) }
    let tokenizer = model.tokenizer
    let endTokens = endTokens
    return sampler.choose(logits, history: history) { id in
      if endTokens.contains(id) { return constraint.isComplete }
      guard let bytes = tokenizer.bytes(of: id), !bytes.isEmpty else { return false }
      return constraint.accepts(bytes)
    }
  }
}
