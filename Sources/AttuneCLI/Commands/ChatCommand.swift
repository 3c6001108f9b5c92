import Answering
import ArgumentParser
import Attune
import Foundation

struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Hold a conversation about the data.",
    discussion: """
      A question may point back at what was said before (“And who signs it?”): it is put into words \
      that stand alone, shown, and answered as by attune ask. The conversation is kept in the workspace \
      and can be gone on with. An empty line or the end of the input ends it.

      Questions may also come from a file or a pipe, one a line; with --json each gets one line of JSON.

      Example: attune chat --resume 3f2a
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var access: AccessOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var filters: FilterOptions

  @Flag(help: "Leave out what a generator writes and its sources do not hold.")
  var strict = false

  @Option(help: ArgumentHelp("Go on with this conversation.", valueName: "id"))
  var resume: String?

  @Flag(help: "List the latest conversations.")
  var list = false

  func validate() throws {
    guard !list || resume == nil else {
      throw ValidationError("Give --list or --resume, not both.")
    }
    _ = try filters.filter()
  }

  private struct Listed: Encodable {
    let id: String
    let createdAt: Double
    let firstQuestion: String
    let turns: Int
  }

  private struct Turn: Encodable {
    let conversation: String
    let standalone: String
    let answer: AnswerOutput
  }

  private static let listed = 20

  func run() async throws {
    global.start()
    let workspace = try global.openWorkspace()
    if list { return try show(try workspace.recentConversations(limit: Self.listed)) }
    let session = try workspace.session(strict: strict, groups: access.access)
    let conversation: Conversation
    if let resume {
      let resumed = try session.conversation(resuming: resume)
      conversation = resumed.conversation
      if !output.json { resumed.turns.forEach(show) }
    } else {
      conversation = session.conversation()
    }
    let isPerson = isatty(STDIN_FILENO) == 1
    if isPerson {
      Terminal.note("Ask about your data. An empty line ends the conversation \(conversation.id).")
    }
    while let question = next(isPerson: isPerson) {
      do {
        try await ask(question, in: conversation, of: workspace.configuration)
      } catch {
        // One question that cannot be answered does not end the conversation.
        Terminal.report(ErrorDescription(error), asJSON: output.json)
      }
    }
    if !output.json {
      Terminal.note("attune chat --resume \(conversation.id) goes on with this conversation.")
    }
  }

  /// The next question; nil at the end, and where a person enters nothing.
  private func next(isPerson: Bool) -> String? {
    while true {
      if isPerson { Terminal.write("\n> ", to: .standardError) }
      guard let line = readLine() else { return nil }
      let question = line.trimmingCharacters(in: .whitespacesAndNewlines)
      if !question.isEmpty { return question }
      if isPerson { return nil }
    }
  }

  private func ask(
    _ question: String,
    in conversation: Conversation,
    of configuration: WorkspaceConfiguration
  ) async throws {
    let stream = AnswerStream(isShown: !output.json)
    let (answer, standalone) = try await conversation.ask(
      question,
      filter: try filters.filter()
    ) { sentence in
      await stream.show(sentence)
    }
    if output.json {
      try JSONOutput.print(
        Turn(
          conversation: conversation.id,
          standalone: standalone,
          answer: AnswerOutput(answer, in: configuration)
        )
      )
      return
    }
    if standalone != question { Terminal.note("(asked: \(Terminal.safeLine(standalone)))") }
    AnswerPresenter.show(answer, in: configuration, isStreamed: await stream.hasShown)
  }

  private func show(_ turn: (turn: ConversationTurn, answer: String?)) {
    Terminal.line("> \(Terminal.safeLine(turn.turn.question))")
    Terminal.line(Terminal.safe(turn.answer ?? "(The answer was forgotten with its sources.)"))
    Terminal.line()
  }

  private func show(_ headings: [ConversationHeading]) throws {
    if output.json {
      try JSONOutput.print(
        headings.map {
          Listed(
            id: $0.id,
            createdAt: $0.createdAt,
            firstQuestion: $0.firstQuestion,
            turns: $0.turns
          )
        }
      )
      return
    }
    if headings.isEmpty { Terminal.note("There are no conversations yet.") }
    for heading in headings {
      let questions = heading.turns == 1 ? "1 question" : "\(heading.turns) questions"
      Terminal.line(
        "\(heading.id)  \(questions)  \(Terminal.safeLine(heading.firstQuestion))"
      )
    }
  }
}
