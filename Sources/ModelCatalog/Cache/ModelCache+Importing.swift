public import Foundation

extension ModelCache {
  /// Copies a model from a folder in the layout of the Hugging Face hub.
  ///
  /// There must be `config.json`, the weights (`model.safetensors`, or
  /// `model.safetensors.index.json` with all files that it names) and a tokenizer
  /// (`tokenizer.json`, `tokenizer.model`, `vocab.txt`, `vocab.json` with `merges.txt`, or
  /// `*.tiktoken`); other files of a model come along if they are there. A folder without
  /// `config.json` that holds one `.gguf` file is taken as ``importFile(_:name:)`` takes the file.
  /// A known model must have its pinned files.
  ///
  /// - Parameters:
  ///   - source: the folder. Links to files are followed, as the hub's own cache uses them.
  ///   - name: the name to install it under; a model of that name is replaced.
  ///   - catalog: the models whose files are pinned.
  /// - Returns: the model in the cache.
  /// - Throws: `ModelCatalogError`; then the cache is as it was.
  public func importFolder(
    _ source: URL,
    name: String,
    catalog: ModelCatalog = .standard
  ) throws(ModelCatalogError) -> InstalledModel {
    _ = try folder(of: name)
    let known = catalog.models.first { $0.name == name }
    let present = ModelFileSelection.paths(in: source)
    let files = present.filter { $0.lowercased().hasSuffix(".gguf") }
    if known == nil, !present.contains("config.json"), files.count == 1, let file = files.first {
      return try importFile(source.appendingPathComponent(file), name: name)
    }
    let paths = try checkedPaths(present, of: source)
    return try take(
      paths.map { ($0, source.appendingPathComponent($0)) },
      name: name,
      source: source,
      role: known?.role ?? KnownModel.Role(ofModelAt: source)
    ) { files throws(ModelCatalogError) in
      if let known { try check(files, against: known, source) }
    }
  }

  /// Copies a model that is one `.gguf` file, which holds its settings and tokenizer too.
  ///
  /// - Parameters:
  ///   - source: the file; a link is followed.
  ///   - name: the name to install it under; a model of that name is replaced.
  /// - Returns: the model in the cache.
  /// - Throws: `ModelCatalogError`; then the cache is as it was.
  public func importFile(
    _ source: URL,
    name: String
  ) throws(ModelCatalogError) -> InstalledModel {
    _ = try folder(of: name)
    let fileName = source.lastPathComponent
    guard fileName.lowercased().hasSuffix(".gguf"), FileDigest.size(of: source) != nil else {
      throw invalidFile("There is no .gguf file of that name.", source)
    }
    guard !WeightsCheck.isSplit(fileName) else {
      throw invalidFile("The file is one of several that a model was split into.", source)
    }
    if let fault = WeightsCheck.fault(of: source) { throw invalidFile(fault, source) }
    let path = SafePath.isRelative(fileName) ? fileName : "model.gguf"
    return try take(
      [(path, source)],
      name: name,
      source: source,
      role: KnownModel.Role(ofModelAt: source)
    ) { _ throws(ModelCatalogError) in }
  }

  private func take(
    _ items: [(path: String, file: URL)],
    name: String,
    source: URL,
    role: KnownModel.Role?,
    check: ([KnownModel.File]) throws(ModelCatalogError) -> Void
  ) throws(ModelCatalogError) -> InstalledModel {
    let lock = try lock(name)
    defer { withExtendedLifetime(lock) {} }
    let staging = workFolder.appendingPathComponent("import-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: staging) }
    var files: [KnownModel.File] = []
    for (path, file) in items {
      let target = staging.appendingPathComponent(path)
      try makeFolder(target.deletingLastPathComponent())
      let digest = try FileDigest.copy(file.resolvingSymlinksInPath(), to: target)
      files.append(KnownModel.File(path: path, size: digest.size, sha256: digest.sha256))
    }
    try check(files)
    return try install(
      name,
      from: staging,
      source: Self.printable(source.standardizedFileURL.path),
      role: role,
      files: files
    )
  }

  private func checkedPaths(
    _ present: Set<String>,
    of source: URL
  ) throws(ModelCatalogError) -> [String] {
    let selection: ModelFileSelection
    do {
      selection = try ModelFileSelection(from: present)
    } catch {
      throw invalid("The folder lacks \(error.names.joined(separator: ", ")).", source)
    }
    guard (try? ModelConfiguration(source.appendingPathComponent("config.json"))) != nil else {
      throw invalid("The file config.json holds no JSON object.", source)
    }
    var weights = [ModelFileSelection.weights]
    if selection.isSharded {
      do {
        let index = source.appendingPathComponent(ModelFileSelection.shardIndex)
        weights = try ShardIndex.shards(index)
      } catch {
        throw invalid(error.message, source)
      }
    }
    for name in weights {
      let file = source.appendingPathComponent(name)
      guard FileDigest.size(of: file) != nil else {
        throw invalid("The folder lacks \(name), which its index names.", source)
      }
      if let fault = WeightsCheck.fault(of: file) { throw invalid(fault, source) }
    }
    return (selection.small + weights).sorted()
  }

  private func check(
    _ files: [KnownModel.File],
    against known: KnownModel,
    _ source: URL
  ) throws(ModelCatalogError) {
    let wrong = known.files.filter { !files.contains($0) }.map(\.path)
    guard wrong.isEmpty else {
      throw ModelCatalogError(
        .damagedFile,
        "The folder does not hold \(known.name) as it was published: "
          + "\(wrong.joined(separator: ", ")) missing or changed.",
        subject: Self.printable(source.path),
        remedy: "Copy the model again, or import it under another name."
      )
    }
  }

  private func invalid(_ message: String, _ source: URL) -> ModelCatalogError {
    ModelCatalogError(
      .invalidModel,
      message,
      subject: Self.printable(source.path),
      remedy: "Name a folder with config.json, model.safetensors (or its parts with their index) "
        + "and the tokenizer's files, or a .gguf file."
    )
  }

  private func invalidFile(_ message: String, _ source: URL) -> ModelCatalogError {
    ModelCatalogError(
      .invalidModel,
      message,
      subject: Self.printable(source.path),
      remedy: "Name a whole .gguf file; parts are joined with llama.cpp's llama-gguf-split --merge."
    )
  }
}
