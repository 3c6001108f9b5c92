/// A model that can be fetched by name, with every file pinned.
public struct KnownModel: Sendable, Hashable {
  /// What a model is for.
  public enum Role: String, Sendable, Codable { case embedder, generator, reranker }

  /// One file of a model.
  public struct File: Sendable, Hashable, Codable {
    /// Where it stands in the model's folder.
    public var path: String
    /// Its length in bytes.
    public var size: Int
    /// Its SHA-256, in lower-case hexadecimal.
    public var sha256: String

    /// States a file.
    public init(path: String, size: Int, sha256: String) {
      self.path = path
      self.size = size
      self.sha256 = sha256
    }
  }

  /// A repository of the Hugging Face hub at one revision.
  public struct HubRepository: Sendable, Hashable {
    /// The owner and the name, with a slash between them.
    public var name: String
    /// The commit.
    public var revision: String

    /// States a repository.
    public init(name: String, revision: String) {
      self.name = name
      self.revision = revision
    }
  }

  /// A package of the Python package index that carries the files.
  public struct Package: Sendable, Hashable {
    /// The name on the index.
    public var name: String
    /// The version.
    public var version: String
    /// The folder in the wheel that holds the files.
    public var folder: String

    /// States a package.
    public init(name: String, version: String, folder: String) {
      self.name = name
      self.version = version
      self.folder = folder
    }
  }

  /// The name to ask for it by.
  public var name: String
  /// What it is for.
  public var role: Role
  /// The SPDX identifier of its licence.
  public var license: String
  /// The languages it was made for, as BCP 47 names; nil where that is not known.
  public var languages: Set<String>?
  /// How many numbers an embedding has; nil for a model that does not embed.
  public var dimensions: Int?
  /// Every file that is wanted.
  public var files: [File]
  /// Where the hub has it.
  public var hub: HubRepository?
  /// Which package carries it.
  public var package: Package?

  /// The length of all files in bytes.
  public var size: Int { files.reduce(0) { $0 + $1.size } }

  /// States a model.
  public init(
    name: String,
    role: Role,
    license: String,
    languages: Set<String>? = nil,
    dimensions: Int?,
    files: [File],
    hub: HubRepository?,
    package: Package?
  ) {
    self.name = name
    self.role = role
    self.license = license
    self.languages = languages
    self.dimensions = dimensions
    self.files = files
    self.hub = hub
    self.package = package
  }
}
