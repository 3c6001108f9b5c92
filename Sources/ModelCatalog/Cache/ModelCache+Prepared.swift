public import Foundation

extension ModelCache {
  /// Makes an empty folder in which a model can be prepared, on the same disk as the models.
  ///
  /// The caller fills it and hands it to ``install(_:prepared:source:role:)``, or deletes it.
  ///
  /// - Throws: `fileSystem` if it cannot be made.
  public func makeStagingFolder() throws(ModelCatalogError) -> URL {
    let folder = workFolder.appendingPathComponent("prepared-\(UUID().uuidString)")
    try makeFolder(folder)
    return folder
  }

  /// Installs a model from a folder that holds exactly its files, by moving the folder: the model
  /// appears, or replaces one of its name, in one step.
  ///
  /// - Parameters:
  ///   - name: the name to install it under.
  ///   - staging: a folder from ``makeStagingFolder()``; afterwards it is the model's own.
  ///   - source: where the model came from. Hand on the ``InstalledModel/source`` of a model that
  ///     was converted, so that pulling it again finds it here.
  ///   - role: what it is for; told from its files where nil.
  /// - Returns: the model, with the SHA-256 of every file.
  /// - Throws: `ModelCatalogError`; then the cache is as it was, and the folder is left.
  /// - Complexity: linear in the size of the model.
  public func install(
    _ name: String,
    prepared staging: URL,
    source: String,
    role: KnownModel.Role? = nil
  ) throws(ModelCatalogError) -> InstalledModel {
    _ = try folder(of: name)
    let paths = try Self.files(in: staging)
    guard !paths.isEmpty else {
      throw unprepared("The prepared folder holds no files.", staging.path)
    }
    let lock = try lock(name)
    defer { withExtendedLifetime(lock) {} }
    var files: [KnownModel.File] = []
    for path in paths {
      let digest = try FileDigest.read(staging.appendingPathComponent(path))
      files.append(KnownModel.File(path: path, size: digest.size, sha256: digest.sha256))
    }
    return try install(
      name,
      from: staging,
      source: Self.printable(source, limit: 1_000),
      role: role ?? KnownModel.Role(ofModelAt: staging),
      files: files
    )
  }

  /// The paths of all files below a folder, sorted.
  static func files(in folder: URL) throws(ModelCatalogError) -> [String] {
    let files = FileManager.default
    let entries: [String]
    do {
      entries = try files.subpathsOfDirectory(atPath: folder.path)
    } catch {
      throw .fileSystem("The folder cannot be read.", folder.path, error)
    }
    var paths: [String] = []
    for path in entries.sorted() where path != InstallRecord.fileName {
      let file = folder.appendingPathComponent(path)
      let type = (try? files.attributesOfItem(atPath: file.path))?[.type] as? FileAttributeType
      if type == .typeDirectory { continue }
      guard type == .typeRegular, SafePath.isRelative(path) else {
        throw ModelCatalogError(
          .invalidModel,
          "A model's folder may hold only files with plain names, and no links.",
          subject: printable(file.path),
          remedy: "Remove it, or copy the file that it leads to."
        )
      }
      paths.append(path)
    }
    return paths
  }

  private func unprepared(_ message: String, _ subject: String) -> ModelCatalogError {
    ModelCatalogError(
      .invalidModel,
      message,
      subject: Self.printable(subject),
      remedy: "Put the model's files there first."
    )
  }
}
