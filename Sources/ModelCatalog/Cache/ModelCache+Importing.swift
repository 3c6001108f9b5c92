public import Foundation

extension ModelCache {
  /// The files of a model's own folder that are taken along.
  private static let rootFiles = [
    "config.json", "model.safetensors", "tokenizer.json", "vocab.txt", "tokenizer_config.json",
    "special_tokens_map.json", "modules.json", "sentence_bert_config.json",
    "config_sentence_transformers.json",
  ]
  /// The files of a folder such as `1_Pooling` that are taken along.
  private static let moduleFiles = ["config.json", "model.safetensors"]

  /// Copies a model from a folder in the layout of the Hugging Face hub.
  ///
  /// `config.json`, `model.safetensors` and `tokenizer.json` or `vocab.txt` must be there; other
  /// files of a model come along if they are. A known model must have its pinned files.
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
    let paths = try checkedPaths(of: source)
    let lock = try lock(name)
    defer { withExtendedLifetime(lock) {} }
    let staging = workFolder.appendingPathComponent("import-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: staging) }
    var files: [KnownModel.File] = []
    for path in paths {
      let target = staging.appendingPathComponent(path)
      try makeFolder(target.deletingLastPathComponent())
      let from = source.appendingPathComponent(path).resolvingSymlinksInPath()
      let digest = try FileDigest.copy(from, to: target)
      files.append(KnownModel.File(path: path, size: digest.size, sha256: digest.sha256))
    }
    if let known = catalog.models.first(where: { $0.name == name }) {
      try check(files, against: known, source)
    }
    return try install(
      name,
      from: staging,
      source: Self.printable(source.standardizedFileURL.path),
      files: files
    )
  }

  private func checkedPaths(of source: URL) throws(ModelCatalogError) -> [String] {
    let has = { (path: String) in
      FileDigest.size(of: source.appendingPathComponent(path)) != nil
    }
    var paths = Self.rootFiles.filter(has)
    var missing = ["config.json", "model.safetensors"].filter { !paths.contains($0) }
    if !paths.contains("tokenizer.json") && !paths.contains("vocab.txt") {
      missing.append("tokenizer.json or vocab.txt")
    }
    guard missing.isEmpty else {
      throw invalid("The folder lacks \(missing.joined(separator: ", ")).", source)
    }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: source.path)) ?? []
    for entry in entries.sorted() where isModuleFolder(entry) {
      paths += Self.moduleFiles.map { "\(entry)/\($0)" }.filter(has)
    }
    try checkConfiguration(source)
    try checkWeights(source)
    return paths.sorted()
  }

  /// `1_Pooling`, `2_Normalize` and the like.
  private func isModuleFolder(_ name: String) -> Bool {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && name.dropFirst(digits.count).hasPrefix("_")
      && SafePath.isModelName(name)
  }

  private func checkConfiguration(_ source: URL) throws(ModelCatalogError) {
    let file = source.appendingPathComponent("config.json")
    guard let size = FileDigest.size(of: file), size < 1 << 20,
      let data = try? Data(contentsOf: file),
      (try? JSONSerialization.jsonObject(with: data)) is [String: Any]
    else { throw invalid("The file config.json holds no JSON object.", source) }
  }

  /// A safetensors file begins with the length of its header.
  private func checkWeights(_ source: URL) throws(ModelCatalogError) {
    let file = source.appendingPathComponent("model.safetensors")
    let size = UInt64(FileDigest.size(of: file) ?? 0)
    let handle = try? FileHandle(forReadingFrom: file)
    let head = (try? handle?.read(upToCount: 8)) ?? Data()
    try? handle?.close()
    let header = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard head.count == 8, size > 8, header >= 2, header <= size - 8 else {
      throw invalid("The file model.safetensors is no safetensors file.", source)
    }
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
      remedy: "Name a folder with config.json, model.safetensors and tokenizer.json or vocab.txt."
    )
  }
}
