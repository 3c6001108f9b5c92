import Documents
public import Evaluation
public import FineTuning
import Foundation
import Knowledge
import LanguageModels
import Store

/// Measures ways of answering on a company's own questions.
///
/// What is done is kept question by question and adapter by adapter, so that a comparison that was stopped
/// or killed goes on where it was, and asking for the same one again costs nothing. An arm that cannot go
/// on is reported; the others finish.
public struct Comparison {
  /// The comparison's name, by which its report is found.
  public let name: String
  /// What is measured on.
  public var data: ComparisonData { questions.data }

  let workspace: Workspace
  let session: WorkspaceSession
  let request: ComparisonRequest
  let questions: ComparisonQuestions
  let folder: URL
  private let now: () -> Date

  /// Reads the questions and finds out what is to be done.
  init(
    _ request: ComparisonRequest,
    in workspace: Workspace,
    session: WorkspaceSession,
    now: @escaping () -> Date
  ) throws {
    self.request = request
    self.workspace = workspace
    self.session = session
    self.now = now
    guard Set(request.arms.map(\.id)).count == request.arms.count, !request.arms.isEmpty else {
      throw AttuneError(
        .comparisonInvalid,
        "Two arms have the same name, or there are none.",
        subject: request.arms.map(\.id).joined(separator: ", "),
        remedy: "Give every arm a name of its own."
      )
    }
    let rates = try workspace.sourceOverviews().compactMap(\.changesPerDay)
    questions = try ComparisonQuestions(
      request,
      in: workspace,
      session: session,
      changesPerDay: rates.isEmpty ? nil : rates.reduce(0, +)
    )
    let plan = try ComparisonPlan(request, questions, session: session)
    name = try request.name ?? plan.name()
    guard AdapterLibrary.isName(name) else {
      throw AttuneError(
        .comparisonInvalid,
        "\"\(name.prefix(80))\" cannot be a comparison's name.",
        subject: "name",
        remedy: "Use letters, digits, '-', '_' and '.'."
      )
    }
    folder = workspace.layout.run(name)
    try Self.begin(plan, in: folder, name: name)
  }

  /// Makes the comparison's folder, or checks that it is this one's.
  private static func begin(_ plan: ComparisonPlan, in folder: URL, name: String) throws {
    let file = folder.appending(path: "plan.json")
    if let data = try? Data(contentsOf: file) {
      let kept = try? JSONDecoder().decode(ComparisonPlan.self, from: data)
      guard kept == plan else {
        throw AttuneError(
          .comparisonInvalid,
          "There is another comparison named \(name).",
          subject: folder.path,
          remedy: "Choose another --name; without one, each comparison has a name of its own."
        )
      }
      return
    }
    do {
      try FileManager.default.createPrivateDirectory(at: folder)
      try ComparisonPlan.encoder.encode(plan).write(to: file, options: .atomic)
    } catch {
      throw AttuneError(
        .fileFault,
        "The comparison's folder cannot be made.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check the folder's permissions and the room on the disk."
      )
    }
  }

  /// Trains and asks all arms and writes the report.
  ///
  /// - Parameters:
  ///   - stop: asks to stop after the question or the step that is under way.
  ///   - progress: told what is done.
  /// - Returns: the report; nil where it was stopped and can go on.
  /// - Throws: what keeping answers and writing the report throws, and what `progress` throws. What an arm
  ///   throws stands in the report.
  public func run(
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> ComparisonReport? {
    var runs: [ArmRun] = []
    for recipe in request.arms {
      guard let run = try await run(recipe, stop: stop, progress: progress) else { return nil }
      runs.append(run)
    }
    var report = try ComparisonReport(
      name: name,
      created: now().ISO8601Format(),
      data: questions.data,
      questions: questions.asked,
      runs: runs,
      terms: try companyTerms(),
      prices: workspace.configuration.prices,
      known: questions.known,
      seed: request.seed
    )
    report.remarks += questions.remarks
    if questions.training.isEmpty, request.arms.contains(where: { $0.weights == .trained }) {
      report.remarks.append(
        "There is nothing to train on, so no arm was fine-tuned: give --train, or collect examples in a "
          + "dataset (attune dataset synthesize)."
      )
    }
    let parts = try await additions(to: report, runs, stop: stop, progress: progress)
    guard let parts else { return nil }
    report.learning = parts.learning
    report.freshness = parts.freshness
    report.remarks += parts.remarks
    return report
  }

  /// Readies an arm and asks its questions with every seed; nil where it was stopped.
  private func run(
    _ recipe: ArmRecipe,
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> ArmRun? {
    let isTrained = recipe.weights == .trained
    var run = ArmRun(
      arm: recipe.arm(generator: ""),
      seeds: [],
      resources: ArmResources()
    )
    if isTrained, questions.training.isEmpty {
      run.failure = "There is nothing to train on."
      return run
    }
    let factory = ArmFactory(workspace: workspace, session: session)
    let count = isTrained ? max(1, request.seeds) : 1
    for seed in (0..<UInt64(count)).map({ request.seed &+ $0 }) {
      let label = count > 1 ? "seed \(seed)" : ""
      var answers: [String: ArmAnswer] = [:]
      do {
        var adapter: String?
        if isTrained {
          guard
            let trained = try training(in: session).train(
              recipe,
              model: factory.trainedModel(of: recipe),
              on: questions.training,
              seed: seed,
              stop: stop,
              progress: { try progress(.training(arm: recipe.title, label: label, $0)) }
            )
          else { return nil }
          adapter = trained.adapter
          run.resources.trainingSeconds += trained.seconds / Double(count)
          run.resources.trainingExamples = trained.examples
        }
        let arm = try factory.arm(recipe, adapter: adapter)
        run.arm.generator = arm.generator
        let asked = try await ask(
          arm,
          questions.asked,
          journal: ArmJournal(url: folder.appending(path: "\(recipe.id)-\(seed).jsonl")),
          tracesTraining: isTrained,
          stop: stop
        ) { try progress(.asking(arm: recipe.title, label: label, done: $0, of: $1)) }
        guard let asked else { return nil }
        answers = asked.answers
        let memory = answers.values.map(\.memory).max() ?? 0
        run.resources.peakMemory = max(run.resources.peakMemory, memory)
        run.failure = asked.failure
      } catch let error as ComparisonStop {
        throw error.cause
      } catch {
        run.failure = ErrorDescription(error).reason
      }
      run.seeds.append(.init(seed: seed, answers: answers))
      if run.failure != nil { break }
    }
    if recipe.retrieves { run.resources.indexingSeconds = try workspace.indexingSeconds() }
    return run
  }

  /// What trains this comparison's adapters, on the documents of a session.
  func training(in session: WorkspaceSession) -> ArmTraining {
    ArmTraining(
      workspace: workspace,
      session: session,
      request: request,
      folder: folder,
      name: name
    )
  }

  /// The company's own terms, by contrast of its documents with general text.
  private func companyTerms() throws -> CompanyTerms {
    var texts: [String] = []
    for document in try session.store.documents(matching: .init()) {
      texts += try session.store.passages(ofDocument: document.id, ordinals: 0..<Int.max)
        .map(\.passage.text)
    }
    // A word that the embedder's vocabulary holds whole counts for as much as the shortest there is.
    let whole = session.embedder.countTokens("a")
    return CompanyTerms(texts) { session.embedder.countTokens($0) == whole }
  }
}

/// Ends a comparison as a whole, whatever its arms could still do.
struct ComparisonStop: Error {
  let cause: any Error
}
