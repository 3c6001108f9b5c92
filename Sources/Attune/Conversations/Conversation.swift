public import Answering
public import Knowledge
import Store

/// Questions that lean on one another, asked of a workspace and kept in it.
public actor Conversation {
  public nonisolated let id: String
  private let session: WorkspaceSession
  private let environment: AnswerEnvironment
  private let rewriter: QuestionRewriter
  private var history: [QuestionRewriter.Exchange]

  /// - Parameters:
  ///   - id: The conversation's identifier.
  ///   - session: Where questions are asked and the conversation is kept.
  ///   - turns: What was said before, with each answer's text where it is still known.
  ///   - environment: Says what time it is.
  init(
    id: String,
    session: WorkspaceSession,
    turns: [(turn: ConversationTurn, answer: String?)] = [],
    environment: AnswerEnvironment = AnswerEnvironment()
  ) {
    self.id = id
    self.session = session
    self.environment = environment
    rewriter = QuestionRewriter(generator: session.generator)
    history = turns.map {
      QuestionRewriter.Exchange(question: $0.turn.standalone ?? $0.turn.question, answer: $0.answer)
    }
  }

  /// Asks a question, which may point back at what was said before.
  ///
  /// - Parameters:
  ///   - question: As it was typed.
  ///   - filter: Which documents may be read.
  ///   - onSentence: Takes each sentence of the answer once its citations are checked.
  /// - Returns: The answer, and the question that was asked in its place.
  /// - Throws: What searching, generating or keeping the turn throws.
  public func ask(
    _ question: String,
    filter: SearchFilter = SearchFilter(),
    onSentence: @escaping @Sendable (GroundedSentence) async throws -> Void = { _ in }
  ) async throws -> (answer: Answer, standalone: String) {
    let standalone = try await rewriter.standalone(question, after: history)
    let answer = try await session.ask(
      standalone,
      typed: question,
      filter: filter,
      onSentence: onSentence
    )
    try session.store.append(
      ConversationTurn(
        question: question,
        standalone: standalone == question ? nil : standalone,
        answer: answer.id,
        createdAt: environment.now()
      ),
      to: id
    )
    history.append(
      QuestionRewriter.Exchange(
        question: standalone,
        answer: answer.abstained ? nil : answer.text
      )
    )
    return (answer, standalone)
  }
}
