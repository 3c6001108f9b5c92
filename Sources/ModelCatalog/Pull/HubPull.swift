import Foundation

/// Fetches the files of one model from the Hugging Face hub.
///
/// Source: https://huggingface.co/docs/hub/models-downloading.
struct HubPull {
  /// How often a transfer is tried while nothing new arrives.
  private static let attempts = 4

  let puller: ModelPuller
  let model: KnownModel

  static func host(_ environment: [String: String]) -> String {
    environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
  }

  func run(_ progress: (PullProgress) -> Void) async throws -> String {
    guard let hub = model.hub else {
      throw failed("The model is not on the hub.", model.name)
    }
    let staging = puller.cache.stagingFolder(of: model.name)
    var done = 0
    for file in model.files {
      let target = staging.appendingPathComponent(file.path)
      if try !FileDigest.matches(target, file) {
        let url = try address(of: file, in: hub)
        try await download(file, from: url, to: target) { size in
          progress(
            PullProgress(
              step: .downloading,
              origin: .hub,
              file: file.path,
              completedBytes: done + size,
              totalBytes: model.size
            )
          )
        }
      }
      done += file.size
    }
    return "\(hub.name)@\(hub.revision)"
  }

  private func address(
    of file: KnownModel.File,
    in hub: KnownModel.HubRepository
  ) throws(ModelCatalogError) -> URL {
    let endpoint = Self.host(puller.environment)
    guard let url = URL(string: endpoint), let scheme = url.scheme?.lowercased(),
      scheme == "https" || scheme == "http", url.host() != nil
    else {
      throw ModelCatalogError(
        .originFailed,
        "The address in HF_ENDPOINT is no http address.",
        subject: ModelCache.printable(endpoint),
        remedy: "Write it like https://huggingface.co"
      )
    }
    return url.appendingPathComponent("\(hub.name)/resolve/\(hub.revision)/\(file.path)")
  }

  /// Downloads one file by way of a `.part` file, which stays if the transfer breaks off.
  private func download(
    _ file: KnownModel.File,
    from url: URL,
    to target: URL,
    _ progress: (Int) -> Void
  ) async throws {
    let part = target.appendingPathExtension("part")
    var attempt = 1
    while true {
      let before = FileDigest.size(of: part) ?? 0
      do {
        try await transfer(file, from: url, to: part, progress)
        break
      } catch let error as HTTPTransferError where error.canRetry {
        let gained = (FileDigest.size(of: part) ?? 0) > before
        attempt = gained ? 1 : attempt + 1
        guard attempt <= Self.attempts else { throw failed(error.message, url.absoluteString) }
        try await puller.clock.sleep(for: .milliseconds(500 << max(0, attempt - 2)))
      } catch let error as HTTPTransferError {
        throw failed(error.message, url.absoluteString)
      }
    }
    guard try FileDigest.matches(part, file) else {
      try puller.cache.delete(part)
      throw ModelCatalogError(
        .damagedFile,
        "The file \(file.path) does not have the pinned SHA-256.",
        subject: url.absoluteString,
        remedy: "Try again; if it stays so, do not trust the server."
      )
    }
    try puller.cache.delete(target)
    do {
      try FileManager.default.moveItem(at: part, to: target)
    } catch {
      throw ModelCatalogError.fileSystem("The file cannot be put in place.", target.path, error)
    }
  }

  /// Asks for what is missing of a file and appends it.
  private func transfer(
    _ file: KnownModel.File,
    from url: URL,
    to part: URL,
    _ progress: (Int) -> Void
  ) async throws {
    if FileDigest.size(of: part).map({ $0 > file.size }) == true { try puller.cache.delete(part) }
    let writer = try FileWriter(part, append: true)
    if writer.size == file.size { return }
    let offset = writer.size
    do {
      try await puller.fetcher.get(url, from: offset) { event in
        switch event {
        case .head(let status, let rangeStart):
          switch status {
          case 206 where rangeStart == offset && offset > 0: break
          // The server sends the whole file, or another part than was asked for.
          case 200, 206:
            try writer.restart()
            if status == 206 && rangeStart != 0 { throw HTTPTransferError.wrongRange }
          case 416:
            try writer.restart()
            throw HTTPTransferError.wrongRange
          default: throw HTTPTransferError.status(status)
          }
        case .body(let piece):
          guard piece.count <= file.size - writer.size else {
            try writer.restart()
            throw HTTPTransferError.tooLong(file.size)
          }
          try writer.write(piece)
          progress(writer.size)
        }
      }
    } catch let error as HTTPFetchError {
      switch error {
      case .unreachable(let reason): throw HTTPTransferError.unreachable(reason)
      case .interrupted(let reason): throw HTTPTransferError.interrupted(reason)
      }
    }
    try writer.finish()
    if writer.size < file.size { throw HTTPTransferError.interrupted("the transfer ended early") }
  }

  private func failed(_ message: String, _ subject: String) -> ModelCatalogError {
    ModelCatalogError(
      .originFailed,
      message,
      subject: subject,
      remedy: "Try another way to get the model."
    )
  }
}
