public import Foundation

/// The models of one user, shared between workspaces: `models/<name>/` below a folder.
///
/// A model's folder appears in one step, when all its files are there and checked, so a model that
/// can be seen is whole.
public struct ModelCache: Sendable {
  /// The folder of the cache.
  public let folder: URL

  /// Where the models' folders are.
  public var modelsFolder: URL { folder.appendingPathComponent("models", isDirectory: true) }

  /// Half-done work: downloads that can be resumed, and what is about to be deleted.
  var workFolder: URL { modelsFolder.appendingPathComponent(".partial", isDirectory: true) }

  /// A cache in a folder, which need not be there yet.
  public init(folder: URL) {
    self.folder = folder
  }

  /// The cache of this user: `$ATTUNE_CACHE`, else `attune` in `$XDG_CACHE_HOME`, else in the
  /// system's usual place (`~/.cache`, on macOS `~/Library/Caches`).
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ModelCache {
    func path(_ key: String) -> URL? {
      // A relative path would make another cache in each folder the program is started in.
      environment[key].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
    }
    if let folder = path("ATTUNE_CACHE") { return ModelCache(folder: folder) }
    #if os(macOS)
      let usual = "Library/Caches"
    #else
      let usual = ".cache"
    #endif
    let home = path("HOME") ?? FileManager.default.homeDirectoryForCurrentUser
    let caches = path("XDG_CACHE_HOME") ?? home.appendingPathComponent(usual)
    return ModelCache(folder: caches.appendingPathComponent("attune", isDirectory: true))
  }

  /// The folder a model has or would have.
  ///
  /// - Parameter name: the name of the model.
  /// - Returns: the folder, whether it is there or not.
  /// - Throws: `invalidName` for a name that could lead elsewhere.
  public func folder(of name: String) throws(ModelCatalogError) -> URL {
    guard SafePath.isModelName(name) else {
      throw ModelCatalogError(
        .invalidName,
        "The name cannot be that of a model.",
        subject: Self.printable(name),
        remedy: "Use letters, digits, dots, hyphens and underscores, at most 100."
      )
    }
    return modelsFolder.appendingPathComponent(name, isDirectory: true)
  }

  /// The models that are here, by name. Folders without a readable record are left out.
  public func installed() -> [InstalledModel] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: modelsFolder.path)) ?? []
    return names.sorted().compactMap { installed($0) }
  }

  /// A model that is here, all its files with their sizes; nil if it is not.
  public func installed(_ name: String) -> InstalledModel? {
    guard let folder = try? folder(of: name),
      let record = InstallRecord.read(from: folder),
      record.files.allSatisfy({
        FileDigest.size(of: folder.appendingPathComponent($0.path)) == $0.size
      })
    else { return nil }
    return InstalledModel(
      name: name,
      folder: folder,
      source: record.source,
      role: record.role.map { KnownModel.Role(rawValue: $0) }
        ?? KnownModel.Role(ofModelAt: folder),
      files: record.files
    )
  }

  /// Reads every file of a model and compares it with its hash.
  ///
  /// - Parameter model: a model that is here.
  /// - Returns: the paths of the files that have changed; none if the model is whole.
  /// - Throws: `fileSystem` if a file cannot be read.
  /// - Complexity: linear in the size of the model.
  public func damagedFiles(of model: InstalledModel) throws(ModelCatalogError) -> [String] {
    var damaged: [String] = []
    for file in model.files
    where try !FileDigest.matches(model.folder.appendingPathComponent(file.path), file) {
      damaged.append(file.path)
    }
    return damaged
  }

  /// Removes a model, and what is left of fetching it.
  ///
  /// - Parameter name: the name of the model.
  /// - Throws: `notInstalled` if it is not here, `busy` if it is being fetched.
  public func remove(_ name: String) throws(ModelCatalogError) {
    let folder = try folder(of: name)
    let lock = try lock(name)
    defer { withExtendedLifetime(lock) {} }
    let staging = stagingFolder(of: name)
    let isThere = FileManager.default.fileExists(atPath: folder.path)
    guard isThere || FileManager.default.fileExists(atPath: staging.path) else {
      throw ModelCatalogError(
        .notInstalled,
        "The model is not installed.",
        subject: name,
        remedy: "See which are with: attune models list"
      )
    }
    try delete(staging)
    if isThere { try discard(folder) }
  }

  /// Text from outside, safe to show: no control characters, not too long.
  static func printable(_ text: String, limit: Int = 200) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      scalar.properties.generalCategory == .control ? "?" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
