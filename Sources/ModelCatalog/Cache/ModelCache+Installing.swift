import Foundation

extension ModelCache {
  /// Where the files of a model are gathered until all are there.
  func stagingFolder(of name: String) -> URL {
    workFolder.appendingPathComponent(name, isDirectory: true)
  }

  /// Locks a model for as long as the lock lives.
  func lock(_ name: String) throws(ModelCatalogError) -> FileLock {
    try makeFolder(workFolder)
    return try FileLock(workFolder.appendingPathComponent(name + ".lock"), model: name)
  }

  func makeFolder(_ folder: URL) throws(ModelCatalogError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .fileSystem("The folder cannot be made.", folder.path, error)
    }
  }

  /// Puts a staged model in place, in one step, and yields what is now installed.
  func install(
    _ name: String,
    from staging: URL,
    source: String,
    role: KnownModel.Role?,
    files: [KnownModel.File]
  ) throws(ModelCatalogError) -> InstalledModel {
    let folder = try folder(of: name)
    try removeStrays(from: staging, except: files)
    try InstallRecord(name: name, source: source, role: role?.rawValue, files: files)
      .write(to: staging)
    // A folder cannot be renamed onto another, so what is there moves out of the way first.
    if FileManager.default.fileExists(atPath: folder.path) { try discard(folder) }
    do {
      try FileManager.default.moveItem(at: staging, to: folder)
    } catch {
      throw .fileSystem("The model cannot be put in its place.", folder.path, error)
    }
    return InstalledModel(name: name, folder: folder, source: source, role: role, files: files)
  }

  /// Deletes what earlier downloads of other files left behind.
  private func removeStrays(
    from staging: URL,
    except files: [KnownModel.File]
  ) throws(ModelCatalogError) {
    let wanted = Set(files.map(\.path))
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: staging.path)) ?? []
    for path in paths where !wanted.contains(path) {
      let item = staging.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: item.path, isDirectory: &isFolder)
      if isThere && isFolder.boolValue { continue }
      try delete(item)
    }
  }

  /// Deletes a model's folder; from the first moment it is no longer seen as a model.
  func discard(_ folder: URL) throws(ModelCatalogError) {
    let aside = workFolder.appendingPathComponent("removed-\(UUID().uuidString)")
    do {
      try FileManager.default.moveItem(at: folder, to: aside)
    } catch {
      throw .fileSystem("The model cannot be removed.", folder.path, error)
    }
    try delete(aside)
  }

  /// Deletes a file or folder, which need not be there.
  func delete(_ item: URL) throws(ModelCatalogError) {
    guard FileManager.default.fileExists(atPath: item.path) else { return }
    do {
      try FileManager.default.removeItem(at: item)
    } catch {
      throw .fileSystem("What was there before cannot be removed.", item.path, error)
    }
  }
}
