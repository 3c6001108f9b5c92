package import Knowledge
import Synchronization

/// Has a generator write an answer from a context, and checks each sentence before it goes on.
package struct GroundedWriter: Sendable {
  private let generator: any TextGenerator
  private let settings: WritingSettings
  private let checker: CitationChecker
  private let makeNonce: @Sendable () -> String

  package init(
    generator: any TextGenerator,
    settings: WritingSettings,
    checker: CitationChecker,
    makeNonce: @escaping @Sendable () -> String = GroundedPromptBuilder.randomNonce
  ) {
    self.generator = generator
    self.settings = settings
    self.checker = checker
    self.makeNonce = makeNonce
  }

  /// Writes the answer to a question.
  ///
  /// - Parameters:
  ///   - question: the question, complete in itself.
  ///   - context: what the answer is written from, the best first.
  ///   - onSentence: takes each sentence after its check, in order. What it throws ends the writing.
  /// - Returns: the sentences, and how they came about.
  /// - Throws: ``GenerationError``, what the store throws, or what `onSentence` throws.
  package func write(
    _ question: String,
    context: [ContextPart],
    onSentence: @escaping @Sendable (GroundedSentence) async throws -> Void
  ) async throws -> WrittenAnswer {
    let prompt = try prompt(for: question, context: context)
    let checker = checker
    let state = Mutex(
      State(
        stream: GroundingStream(prompt: prompt, question: question) { try checker.faults(of: $0) }
      )
    )
    let isStrict = settings.strict
    let request = GenerationRequest(
      messages: prompt.messages,
      maximumTokens: settings.maximumTokens,
      temperature: settings.temperature,
      topP: settings.topP,
      seed: settings.seed
    )
    let result = try await generator.generate(request) { piece in
      for sentence in try state.withLock({ try $0.push(piece, isStrict: isStrict) }) {
        try await onSentence(sentence)
      }
    }
    for sentence in try state.withLock({ try $0.finish(isStrict: isStrict) }) {
      try await onSentence(sentence)
    }
    let usage =
      result.usage
      ?? GenerationResult.Usage(
        promptTokens: prompt.fit.tokens,
        completionTokens: generator.countTokens(result.text)
      )
    return state.withLock { state in
      WrittenAnswer(
        sentences: state.shown,
        record: GenerationRecord(
          settings: settings,
          finish: result.finish,
          fit: prompt.fit,
          sentences: state.all,
          echoes: state.stream.echoCount,
          hasAbstained: state.stream.hasAbstained
        ),
        refused: state.stream.refused,
        context: prompt.context,
        usage: usage
      )
    }
  }

  private struct State {
    var stream: GroundingStream
    var shown: [GroundedSentence] = []
    var all: [GenerationRecord.Sentence] = []

    mutating func push(_ piece: String, isStrict: Bool) throws -> [GroundedSentence] {
      take(try stream.push(piece), isStrict: isStrict)
    }

    mutating func finish(isStrict: Bool) throws -> [GroundedSentence] {
      take(try stream.finish(), isStrict: isStrict)
    }

    private mutating func take(
      _ sentences: [GroundedSentence],
      isStrict: Bool
    ) -> [GroundedSentence] {
      all += sentences.map(GenerationRecord.Sentence.init)
      let kept = sentences.filter { $0.isSupported || !isStrict }
      shown += kept
      return kept
    }
  }

  private func prompt(
    for question: String,
    context: [ContextPart]
  ) throws -> GroundedPrompt {
    let builder = GroundedPromptBuilder(
      countTokens: { [generator] in generator.countTokens($0) },
      makeNonce: makeNonce
    )
    return try builder.prompt(
      for: question,
      context: context,
      limit: generator.contextLength.map { $0 - settings.maximumTokens }
    )
  }
}
