import Foundation
import Logging

/// Fetches a model from any repository of the hub, at the commit that a revision is at now.
///
/// The hub states sizes and hashes; they show that the files arrived as they are at that commit, and
/// the commit is kept with the model.
struct RepositoryPull {
  /// More than the largest vocabulary takes.
  private static let smallFileLimit = 256 << 20

  let puller: ModelPuller
  let endpoint: HubEndpoint
  let reference: HubReference
  /// The GGUF file that is wanted, if one is named.
  let file: String?
  /// The name to install it under.
  let name: String

  /// What is fetched.
  private struct Plan {
    var small: [RemoteFile]
    /// The weights; those of shards are known when their index is here.
    var weights: [RemoteFile]
    var isSharded = false
    /// The GGUF file, if that is the model.
    var file: String?
  }

  /// Fetches the model unless it is here already, whole and unchanged.
  func run(
    _ progress: (PullProgress) -> Void,
    inspect: (URL) throws -> Void
  ) async throws -> InstalledModel {
    try checkName()
    let lock = try puller.cache.lock(name)
    defer { withExtendedLifetime(lock) {} }
    let isPinned = reference.isPinned
    if isPinned, let model = try installed(source(reference.revision, file), progress) {
      return model
    }
    let listing = try await listing()
    var plan = try plan(listing)
    let source = source(listing.commit, plan.file)
    if let model = try installed(source, progress) { return model }
    puller.logger.info(
      "fetching a repository",
      metadata: ["repository": "\(reference.repository)", "commit": "\(listing.commit)"]
    )

    let staging = puller.cache.stagingFolder(of: name)
    try puller.cache.makeFolder(staging)
    try removeSettings(in: staging, except: plan)
    var fetch = Fetch(commit: listing.commit, staging: staging, total: total(plan, listing))
    try await run(&fetch, plan.small, progress)
    if plan.file == nil {
      try check(staging.appendingPathComponent("config.json"))
      if plan.isSharded { plan.weights = try shards(in: staging, listing) }
      fetch.total = total(plan, listing)
      try inspect(staging)
    }
    try checkRoom(for: plan.weights, in: staging)
    try await run(&fetch, plan.weights, progress)
    for file in plan.weights {
      if let fault = WeightsCheck.fault(of: target(of: file, in: staging)) {
        throw unusable(fault)
      }
    }
    if plan.file != nil { try inspect(staging) }
    return try puller.cache.install(
      name,
      from: staging,
      source: source,
      role: KnownModel.Role(ofModelAt: staging),
      files: fetch.files.sorted { $0.path < $1.path }
    )
  }

  /// Deletes what an attempt at another commit or file left, which could be taken for the model's
  /// own; weights and what is half here stay, as they may still be wanted.
  private func removeSettings(in staging: URL, except plan: Plan) throws {
    let wanted = Set((plan.small + plan.weights).map(localPath))
    for path in try ModelCache.files(in: staging)
    where !wanted.contains(path) && !path.hasSuffix(".part") && !path.hasSuffix(".safetensors") {
      try puller.cache.delete(staging.appendingPathComponent(path))
    }
  }

  private func source(_ commit: String, _ file: String?) -> String {
    "\(reference.repository)@\(commit)" + (file.map { "/\($0)" } ?? "")
  }

  private func installed(
    _ source: String,
    _ progress: (PullProgress) -> Void
  ) throws(ModelCatalogError) -> InstalledModel? {
    guard let model = puller.cache.installed(name), model.source == source else { return nil }
    progress(PullProgress(step: .checking, completedBytes: model.size, totalBytes: model.size))
    return try puller.cache.damagedFiles(of: model).isEmpty ? model : nil
  }

  /// A name that stands for a pinned model, or for somebody else's, is not taken over in silence.
  private func checkName() throws(ModelCatalogError) {
    _ = try puller.cache.folder(of: name)
    if let known = puller.catalog.find(name) { throw isTaken(by: "the known model \(known.name)") }
    let own = reference.repository.lowercased() + "@"
    if let other = puller.cache.installed(name), !other.source.lowercased().hasPrefix(own) {
      throw isTaken(by: "a model from \(other.source)")
    }
  }

  private func listing() async throws -> HubListing {
    let repository = reference.repository
    guard let url = endpoint.listing(of: repository, at: reference.revision) else {
      throw failed(.status(404), at: nil)
    }
    do {
      let data = try await puller.client(endpoint: endpoint).read(url, limit: HubListing.sizeLimit)
      let listing = try HubListing(data)
      guard !reference.isPinned || listing.commit == reference.revision else {
        throw HubListing.Fault(message: "The hub's answer is about another commit.")
      }
      return listing
    } catch let error as HTTPTransferError {
      throw failed(error, at: nil)
    } catch let fault as HubListing.Fault {
      throw unusable(fault)
    }
  }

  private func plan(_ listing: HubListing) throws -> Plan {
    do {
      if let file {
        return try plan(forFile: file, listing)
      }
      let selection: ModelFileSelection
      do {
        selection = try ModelFileSelection(from: listing.paths)
      } catch {
        let files = ggufFiles(listing)
        guard files.count == 1, let only = files.first else {
          throw files.isEmpty ? unreadable(listing, error) : ambiguous(files, listing)
        }
        return try plan(forFile: only, listing)
      }
      let small = try selection.small.map { path in try listing.file(path) }
      if let large = small.first(where: { $0.size > Self.smallFileLimit }) {
        throw unusable("The file \(large.path) is too large to be what its name says.")
      }
      // On a disk that does not tell the letters' case apart they would be one file.
      guard Set(selection.small.map { $0.lowercased() }).count == small.count else {
        throw unusable("The repository has files whose names differ only in the letters' case.")
      }
      let weights = selection.isSharded ? [] : [try listing.file(ModelFileSelection.weights)]
      return Plan(small: small, weights: weights, isSharded: selection.isSharded)
    } catch let fault as HubListing.Fault {
      throw unusable(fault)
    }
  }

  private func plan(forFile path: String, _ listing: HubListing) throws -> Plan {
    guard HubReference.isFile(path), listing.paths.contains(path) else {
      throw absent(path, listing)
    }
    guard !WeightsCheck.isSplit(path) else { throw split(path) }
    return Plan(small: [], weights: [try listing.file(path)], file: path)
  }

  /// All bytes that are to come, as far as they are known.
  private func total(_ plan: Plan, _ listing: HubListing) -> Int {
    var files = plan.small + plan.weights
    if plan.isSharded && plan.weights.isEmpty {
      let paths = listing.paths.filter { $0.hasSuffix(".safetensors") && !$0.contains("/") }
      files += paths.compactMap { try? listing.file($0) }
    }
    return files.reduce(0) { $0 &+ $1.size }
  }

  private func shards(in staging: URL, _ listing: HubListing) throws -> [RemoteFile] {
    do {
      let index = staging.appendingPathComponent(ModelFileSelection.shardIndex)
      return try ShardIndex.shards(index).map { path in try listing.file(path) }
    } catch let fault as ShardIndex.Fault {
      throw unusable(fault.message)
    } catch let fault as HubListing.Fault {
      throw unusable(fault)
    }
  }

  private func check(_ file: URL) throws {
    guard let configuration = try? ModelConfiguration(file) else {
      throw unusable("The file config.json holds no JSON object.")
    }
    if let method = configuration.quantization { throw quantized(ModelCache.printable(method)) }
  }

  private func checkRoom(for files: [RemoteFile], in staging: URL) throws {
    let there = puller.cache.folder.path
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: there)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else { return }
    let client = puller.client(endpoint: endpoint)
    let needed = files.reduce(0) { sum, file in
      let target = target(of: file, in: staging)
      let here = FileDigest.size(of: target) ?? FileDigest.size(of: client.part(of: file, target))
      return sum &+ max(0, file.size - (here ?? 0))
    }
    if needed > free { throw noRoom(needed: needed, free: free) }
  }

  /// A GGUF file is all there is of its model, so its folders on the hub mean nothing here.
  private func localPath(of file: RemoteFile) -> String {
    HubReference.isFile(file.path) ? lastPart(of: file.path) : file.path
  }

  private func target(of file: RemoteFile, in staging: URL) -> URL {
    staging.appendingPathComponent(localPath(of: file))
  }

  /// How far fetching has come.
  private struct Fetch {
    let commit: String
    let staging: URL
    var total: Int
    var done = 0
    var files: [KnownModel.File] = []
  }

  private func run(
    _ fetch: inout Fetch,
    _ wanted: [RemoteFile],
    _ progress: (PullProgress) -> Void
  ) async throws {
    let client = puller.client(endpoint: endpoint)
    for file in wanted {
      let target = target(of: file, in: fetch.staging)
      let (done, total) = (fetch.done, fetch.total)
      var arrived = try FileDigest.check(target, file)
      if arrived == nil {
        let url = endpoint.file(file.path, of: reference.repository, at: fetch.commit)
        do {
          arrived = try await client.download(file, from: url, to: target) { size in
            progress(
              PullProgress(
                step: .downloading,
                origin: .hub,
                file: file.path,
                completedBytes: done + size,
                totalBytes: total
              )
            )
          }
        } catch let error as HTTPTransferError {
          throw failed(error, at: url)
        }
      }
      if var arrived {
        arrived.path = localPath(of: file)
        fetch.files.append(arrived)
      }
      fetch.done += file.size
    }
  }
}
