import Answering
import Foundation
import LanguageModels
import Synchronization
import Tokenizers

/// A language model of this machine in the role of the generator.
///
/// It computes on a thread of its own: a model writes for seconds, and Swift's shared pool has only as
/// many threads as there are cores.
struct LocalGenerator: TextGenerator {
  let name: String
  private let model: LanguageModel
  private let now: @Sendable () -> Date

  /// Gives a model the role; `now` is the date that chat templates may show it.
  init(_ model: LanguageModel, name: String, now: @escaping @Sendable () -> Date = Date.init) {
    self.model = model
    self.name = name
    self.now = now
  }

  var contextLength: Int? { model.contextLength }

  func countTokens(_ text: String) -> Int {
    model.tokenizer.ids(of: text, addSpecialTokens: false, recognizesSpecialTokens: false).count
  }

  func generate(
    _ request: GenerationRequest,
    onText: @escaping @Sendable (String) async throws -> Void
  ) async throws -> Answering.GenerationResult {
    let (events, continuation) = AsyncThrowingStream.makeStream(of: Event.self)
    let flag = Flag()
    continuation.onTermination = { _ in flag.raise() }
    return try await withTaskCancellationHandler {
      Thread.detachNewThread { [self] in
        do {
          let result = try write(request) { text in
            continuation.yield(.text(text))
            return flag.isRaised ? .stop : .goOn
          }
          continuation.yield(.end(result))
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      for try await event in events {
        switch event {
        case .text(let text): if !text.isEmpty { try await onText(text) }
        case .end(let result): return result
        }
      }
      throw CancellationError()
    } onCancel: {
      continuation.finish(throwing: CancellationError())
    }
  }

  private enum Event: Sendable {
    case text(String)
    case end(Answering.GenerationResult)
  }

  /// Raised from one thread, looked at from another.
  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
  }

  private func write(
    _ request: GenerationRequest,
    onText: (String) -> GenerationPiece.Reply
  ) throws -> Answering.GenerationResult {
    var settings = GenerationSettings()
    settings.maximumTokens = request.maximumTokens
    settings.stopStrings = request.stop
    settings.sampling.temperature = Float(request.temperature)
    settings.sampling.topP = request.topP.map { Float($0) }
    settings.sampling.seed = request.seed ?? 0
    let result = try result(of: request, settings: settings) { onText($0.text) }
    return Answering.GenerationResult(
      text: result.text,
      finish: finish(result.end),
      usage: .init(promptTokens: result.promptTokens, completionTokens: result.tokens.count)
    )
  }

  private func result(
    of request: GenerationRequest,
    settings: GenerationSettings,
    onPiece: (GenerationPiece) -> GenerationPiece.Reply
  ) throws -> LanguageModels.GenerationResult {
    guard model.chatTemplate != nil else {
      // A model without a template was not trained on roles: it goes on from the plain text.
      let prompt = request.messages.map(\.content).joined(separator: "\n\n") + "\n\n"
      return try model.generate(prompt: prompt, settings: settings, onPiece: onPiece)
    }
    let messages = request.messages.map {
      ChatMessage(role: $0.role.rawValue, content: $0.content)
    }
    do {
      return try model.generate(
        messages: messages,
        now: now(),
        settings: settings,
        onPiece: onPiece
      )
    } catch let error as ChatTemplateError where error.code == .refusedByTemplate {
      // Some templates, such as Gemma's, know no system role.
      guard let folded = Self.withoutSystem(request.messages) else { throw error }
      return try model.generate(messages: folded, now: now(), settings: settings, onPiece: onPiece)
    }
  }

  /// The messages with what the system says in front of the user's first words; nil where it says nothing.
  static func withoutSystem(_ messages: [GenerationRequest.Message]) -> [ChatMessage]? {
    let system = messages.filter { $0.role == .system }.map(\.content)
    var rest = messages.filter { $0.role != .system }
    guard !system.isEmpty, let first = rest.firstIndex(where: { $0.role == .user }) else {
      return nil
    }
    rest[first].content = (system + [rest[first].content]).joined(separator: "\n\n")
    return rest.map { ChatMessage(role: $0.role.rawValue, content: $0.content) }
  }

  private func finish(
    _ end: LanguageModels.GenerationResult.End
  ) -> Answering.GenerationResult.FinishReason {
    switch end {
    case .endToken, .stopString: .stop
    case .length, .context: .length
    case .constraint, .cancelled: .other
    }
  }
}
