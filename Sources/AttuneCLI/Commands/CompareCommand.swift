import ArgumentParser
import Attune
import Evaluation
import FineTuning
import Foundation

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measure which your data needs: retrieval, fine-tuning, both, or neither.",
    discussion: """
      Asks the same questions of four arms: the model alone, with passages of the documents, fine-tuned, \
      and both. Adapters are trained on the questions' own part “train”, on --train, or on the \
      workspace's dataset; a question whose wording is trained on, or nearly so, is left out and \
      reported. Which arm is better is said only where it is shown, question by question and document \
      by document; else how many more questions would show it.

      Questions are JSON Lines with “id”, “question”, “answers” and, where known, “places” and “kind” \
      (docs/choosing.md); SQuAD's JSON, CSV and the formats of attune dataset import are taken too.

      What is done is kept: Ctrl-C stops, and the same command goes on. The report is a page and a \
      report.json under .attune/reports; attune advise weighs it.

      Examples:
        attune compare questions.jsonl
        attune compare --dataset main --limit 200 --seeds 3
        attune compare questions.jsonl --arm retrieval --arm big:model=Qwen3-4B --changes editions
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The questions.")
  var questions: String?

  @Option(help: ArgumentHelp("Ask the held-out examples of a dataset instead.", valueName: "name"))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "The part of the questions to ask; “test” where they have parts, else all.",
      valueName: "part"
    )
  )
  var split: String?

  @Option(help: ArgumentHelp("Ask at most so many questions, drawn by --seed.", valueName: "n"))
  var limit: Int?

  @Option(
    name: .customLong("arm"),
    help: ArgumentHelp(
      """
      An arm: base, retrieval, fine-tuned, both, or name:model=…,adapter=…,retrieval=yes. Can be \
      repeated; the four where absent.
      """,
      valueName: "arm"
    )
  )
  var arms: [String] = []

  @Option(
    help: ArgumentHelp(
      "Train on a file of examples, in any format of dataset import. Can be repeated.",
      valueName: "file"
    )
  )
  var train: [String] = []

  @Option(help: ArgumentHelp("Train each adapter so often, with seeds of its own.", valueName: "n"))
  var seeds = 1

  @Option(help: "Decides which questions are drawn and how adapters start.")
  var seed: UInt64 = 0

  @Option(help: "Rank of the adapters.")
  var rank = 32

  @Option(help: "How often to go through the examples when training without passages.")
  var epochs = 5

  @Option(help: "How often to go through the examples when training to read passages.")
  var readingEpochs = 1

  @Option(
    help: ArgumentHelp(
      "Passages that do not answer beside each that does, in training to read.",
      valueName: "n"
    )
  )
  var distractors = 1

  @Option(
    help: ArgumentHelp(
      "Measure how changed facts are taken up: a folder with changes.jsonl and changed documents.",
      valueName: "folder"
    )
  )
  var changes: String?

  @Flag(help: "Measure whether more data would help: train on an eighth, a quarter and a half too.")
  var learning = false

  @Option(help: "The comparison's name.")
  var name: String?

  func validate() throws {
    guard (questions == nil) != (dataset == nil) else {
      throw ValidationError("Give a file of questions, or --dataset with its name.")
    }
    let counts = [
      ("limit", limit ?? 1), ("seeds", seeds), ("rank", rank), ("epochs", epochs),
      ("reading-epochs", readingEpochs),
    ]
    for (option, value) in counts where value < 1 {
      throw ValidationError("--\(option) must be at least 1.")
    }
    guard distractors >= 0 else { throw ValidationError("--distractors must be 0 or more.") }
    do {
      _ = try arms.map { try ArmRecipe($0) }
    } catch let error as AttuneError {
      throw ValidationError("\(error.message) \(error.remedy)")
    }
  }

  func run() async throws {
    global.start()
    let workspace = try global.openWorkspace()
    let comparison = try workspace.comparison(request())
    let presenter = ComparisonPresenter(json: output.json)
    presenter.begin(comparison)
    let stop = StopRequest()
    let source = TuningPresenter.interrupts { stop.stop() }
    defer { source.cancel() }
    let report = try await comparison.run(stop: stop) { presenter.show($0) }
    presenter.finish()
    guard let report else {
      Terminal.note("Stopped and saved. The same command goes on.")
      throw ExitStatus.someFailed.code
    }
    // Where no arm answered there is a report of it, and nothing to advise.
    let advice = try? Advisor(report: report).advice(weights: workspace.configuration.advice)
    let folder = try workspace.write(
      report,
      page: report.html(advice: advice.map { AdviceSection($0) })
    )
    try presenter.show(report, advice: advice, in: folder)
    if report.arms.contains(where: { $0.failure != nil }) { throw ExitStatus.someFailed.code }
  }

  private func request() throws -> ComparisonRequest {
    var request = ComparisonRequest(
      questions: questions.map { .file($0) } ?? .dataset(dataset ?? Workspace.defaultDataset)
    )
    request.split = split
    request.limit = limit
    if !arms.isEmpty { request.arms = try arms.map { try ArmRecipe($0) } }
    if !train.isEmpty { request.training = .files(train) }
    request.seeds = seeds
    request.seed = seed
    request.memory.length = .epochs(epochs)
    request.reading.length = .epochs(readingEpochs)
    var adapter = LoRASettings()
    adapter.rank = rank
    adapter.alpha = Double(2 * rank)
    request.memory.adapter = adapter
    request.reading.adapter = adapter
    request.distractors = distractors
    request.name = name
    request.changes = changes
    request.measuresLearning = learning
    return request
  }
}
