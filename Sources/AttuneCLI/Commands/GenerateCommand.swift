import Answering
import ArgumentParser
import Attune
import Foundation
import LanguageModels

struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Let a local language model go on from a prompt.",
    discussion: """
      Needs no workspace and reads no data. The prompt goes into the model's chat template, as it was \
      trained; --raw hands it over as it is. The text appears as it is written.

      With --batch, reads JSONL with “id” and “prompt” from a file (or - for standard input) and prints \
      one JSON line for each, in order. --json adds the tokens and the logarithm of each one's \
      probability.

      The answer model, where it is installed (--model attune-answer), takes the prompt as a question \
      and answers it from memory, in a few words; it has no chat template and takes no settings.

      Example: attune generate --model SmolLM2-135M-Instruct "Name three rivers."
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The prompt.")
  var prompt: [String] = []

  @Option(help: ArgumentHelp("Go on from each line of a JSONL file.", valueName: "file"))
  var batch: String?

  @Option(
    help:
      "Name of an installed model, a model's folder or a GGUF file; the configured generator else."
  )
  var model: String?

  @Option(help: "An adapter of the workspace, or a folder in PEFT's form.")
  var adapter: String?

  @Flag(help: "Hand the prompt over as it is, without a chat template.")
  var raw = false

  @Option(help: "What the model is told before the prompt.")
  var system: String?

  @OptionGroup(title: "Generation") var generation: GenerationOptions

  func validate() throws {
    guard (batch == nil) != prompt.isEmpty else {
      throw ValidationError("Give a prompt, or --batch with a file.")
    }
    guard !raw || system == nil else {
      throw ValidationError("--system needs the chat template that --raw leaves out.")
    }
  }

  private struct Line: Encodable {
    var id: String?
    let text: String
    let tokens: [Int32]
    let logprobs: [Float]
    let finish: String
    let usage: Usage

    struct Usage: Encodable {
      let promptTokens: Int
      let completionTokens: Int
    }

    init(_ result: Answering.GenerationResult, id: String? = nil) {
      self.id = id
      text = result.text
      tokens = []
      logprobs = []
      finish = "endToken"
      usage = Usage(
        promptTokens: result.usage?.promptTokens ?? 0,
        completionTokens: result.usage?.completionTokens ?? 0
      )
    }

    init(_ result: LanguageModels.GenerationResult, id: String? = nil) {
      self.id = id
      text = result.text
      tokens = result.tokens.map(\.id)
      logprobs = result.tokens.map(\.logProbability)
      finish = "\(result.end)"
      usage = Usage(promptTokens: result.promptTokens, completionTokens: result.tokens.count)
    }
  }

  func run() async throws {
    global.start()
    let settings = try generation.settings()
    if model == ModelLibrary.answerModelName { return try await recall() }
    let model = try Workspace.languageModel(
      named: model,
      adapter: adapter,
      near: global.startingPlace
    )
    guard let batch else {
      let result = try generate(prompt.joined(separator: " "), with: model, settings) { text in
        if !output.json { Terminal.write(Terminal.safe(text)) }
      }
      if output.json {
        try JSONOutput.print(Line(result))
      } else {
        Terminal.line()
      }
      return
    }
    let failures = try await BatchInput(path: batch, field: "prompt").run { item in
      try JSONOutput.print(
        Line(try generate(item.text, with: model, settings) { _ in }, id: item.id)
      )
    }
    if failures > 0 { throw ExitStatus.someFailed.code }
  }

  /// Answers with the answer model, which is no language model.
  private func recall() async throws {
    guard !raw, system == nil, generation.choice.isEmpty, generation.schema == nil else {
      throw ValidationError(
        "\(ModelLibrary.answerModelName) takes no --raw, --system, --choice or --schema."
      )
    }
    let model = try Workspace.answerModel(adapter: adapter, near: global.startingPlace)
    func answer(_ question: String) async throws -> Answering.GenerationResult {
      try await model.generate(Answering.GenerationRequest(messages: [.init(.user, question)]))
    }
    guard let batch else {
      let result = try await answer(prompt.joined(separator: " "))
      if output.json {
        try JSONOutput.print(Line(result))
      } else {
        Terminal.line(Terminal.safe(result.text))
      }
      return
    }
    let failures = try await BatchInput(path: batch, field: "prompt").run { item in
      try JSONOutput.print(Line(try await answer(item.text), id: item.id))
    }
    if failures > 0 { throw ExitStatus.someFailed.code }
  }

  private func generate(
    _ prompt: String,
    with model: LanguageModel,
    _ settings: GenerationSettings,
    show: (String) -> Void
  ) throws -> LanguageModels.GenerationResult {
    let clock = ContinuousClock()
    let start = clock.now
    var firstToken: ContinuousClock.Instant?
    let receive = { (piece: GenerationPiece) -> GenerationPiece.Reply in
      firstToken = firstToken ?? clock.now
      show(piece.text)
      return .goOn
    }
    var result: LanguageModels.GenerationResult
    if !raw, model.chatTemplate != nil {
      let messages =
        (system.map { [ChatMessage(role: "system", content: $0)] } ?? [])
        + [ChatMessage(role: "user", content: prompt)]
      result = try model.generate(
        messages: messages,
        now: Date(),
        settings: settings,
        onPiece: receive
      )
    } else {
      result = try model.generate(prompt: prompt, settings: settings, onPiece: receive)
    }
    if result.end == .length,
      let rest = (settings.constraint as? JSONSchemaConstraint)?.completion(of: result.text)
    {
      // The shortest ending that the schema allows: what was cut off can be read all the same.
      show(rest)
      result.text += rest
    }
    if global.verbose {
      let end = clock.now
      let first = firstToken ?? end
      Terminal.note(
        "read \(result.promptTokens - result.reusedTokens) tokens in "
          + "\(Figures.decimal((first - start) / .seconds(1), places: 4)) s, wrote "
          + "\(max(result.tokens.count - 1, 0)) more in "
          + "\(Figures.decimal((end - first) / .seconds(1), places: 4)) s"
      )
    }
    return result
  }
}
