public import Foundation

/// A model in the cache.
public struct InstalledModel: Sendable, Hashable {
  /// The name it is installed under.
  public var name: String
  /// The folder that holds its files.
  public var folder: URL
  /// Where it came from, for people: a hub repository, a package, or a folder.
  public var source: String
  /// What it is for; nil if its files do not tell.
  public var role: KnownModel.Role?
  /// Its files as they were when it was installed.
  public var files: [KnownModel.File]

  public init(
    name: String,
    folder: URL,
    source: String,
    role: KnownModel.Role? = nil,
    files: [KnownModel.File]
  ) {
    self.name = name
    self.folder = folder
    self.source = source
    self.role = role
    self.files = files
  }

  /// The length of all files in bytes.
  public var size: Int { files.reduce(0) { $0 &+ $1.size } }
}
