import Foundation

/// Reads from the hub, again and again where a transfer breaks off.
struct HubClient {
  /// How often a transfer is tried while nothing new arrives.
  private static let attempts = 4

  let fetcher: any HTTPFetcher
  let clock: any Clock<Duration>
  let cache: ModelCache
  /// Nil where all that is read is open to all.
  let endpoint: HubEndpoint?

  /// Reads a short answer.
  ///
  /// - Throws: `HTTPTransferError`.
  func read(_ url: URL, limit: Int) async throws -> Data {
    var data = Data()
    try await repeating({ 0 }) {
      data = Data()
      try await get(url, from: 0) { event in
        switch event {
        case .head(let status, _):
          guard status == 200 else { throw HTTPTransferError.status(status) }
        case .body(let piece):
          guard piece.count <= limit - data.count else { throw HTTPTransferError.tooLong(limit) }
          data.append(piece)
        }
      }
    }
    return data
  }

  /// Downloads one file by way of a `.part` file, which stays if the transfer breaks off, and checks
  /// its hash.
  ///
  /// - Throws: `HTTPTransferError`, or `ModelCatalogError` if the file is not the right one or cannot
  ///   be written.
  func download(
    _ file: RemoteFile,
    from url: URL,
    to target: URL,
    _ progress: (Int) -> Void
  ) async throws -> KnownModel.File {
    let part = part(of: file, target)
    try await repeating({ FileDigest.size(of: part) ?? 0 }) {
      try await transfer(file, from: url, to: part, progress)
    }
    guard let arrived = try FileDigest.check(part, file) else {
      try cache.delete(part)
      throw ModelCatalogError(
        .damagedFile,
        "The file \(file.path) does not have the stated \(file.digest.name).",
        subject: url.absoluteString,
        remedy: "Try again; if it stays so, do not trust the server."
      )
    }
    try cache.delete(target)
    do {
      try FileManager.default.moveItem(at: part, to: target)
    } catch {
      throw ModelCatalogError.fileSystem("The file cannot be put in place.", target.path, error)
    }
    return arrived
  }

  /// Where a file is gathered until it is whole. The hash in the name keeps what is left of another
  /// version from being carried on.
  func part(of file: RemoteFile, _ target: URL) -> URL {
    target.appendingPathExtension("\(file.digest.hex.prefix(16)).part")
  }

  /// Runs something until it goes through, with growing pauses while `progress` stays where it is.
  private func repeating(_ progress: () -> Int, _ body: () async throws -> Void) async throws {
    var attempt = 1
    while true {
      let before = progress()
      do {
        return try await body()
      } catch let error as HTTPTransferError where error.canRetry {
        attempt = progress() > before ? 1 : attempt + 1
        guard attempt <= Self.attempts else { throw error }
        try await clock.sleep(for: .milliseconds(500 << max(0, attempt - 2)))
      }
    }
  }

  private func get(
    _ url: URL,
    from offset: Int,
    _ receive: (HTTPEvent) throws -> Void
  ) async throws {
    do {
      try await fetcher.get(
        url,
        from: offset,
        token: endpoint?.token(for: url),
        receive: receive
      )
    } catch let error as HTTPFetchError {
      switch error {
      case .unreachable(let reason): throw HTTPTransferError.unreachable(reason)
      case .interrupted(let reason): throw HTTPTransferError.interrupted(reason)
      }
    }
  }

  /// Asks for what is missing of a file and appends it.
  private func transfer(
    _ file: RemoteFile,
    from url: URL,
    to part: URL,
    _ progress: (Int) -> Void
  ) async throws {
    if FileDigest.size(of: part).map({ $0 > file.size }) == true { try cache.delete(part) }
    let writer = try FileWriter(part, append: true)
    if writer.size == file.size { return }
    let offset = writer.size
    try await get(url, from: offset) { event in
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
    try writer.finish()
    if writer.size < file.size { throw HTTPTransferError.interrupted("the transfer ended early") }
  }
}
