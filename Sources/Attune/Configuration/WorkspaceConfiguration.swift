public import Answering
import Documents
public import Evaluation
public import Knowledge

/// What `attune.yaml` says. Every part may be left out; the defaults are the measured ones.
public struct WorkspaceConfiguration: Hashable, Sendable {
  /// A source as configured.
  public struct Source: Codable, Hashable, Sendable {
    /// Unique in the workspace; stands in citations as `attune://<name>/…`.
    public var name: String
    /// A folder, file or SQLite database, relative to the workspace's folder; or the URI of a PostgreSQL
    /// database, without a password; or the address of a web page or sitemap.
    public var path: String
    /// Of a PostgreSQL database only these tables and views; all tables where it is nil.
    public var tables: [String]?
    /// Of a PostgreSQL database the rows of a query, in the place of tables.
    public var query: Query?
    /// The groups that may see it; everybody where there are none.
    public var groups: [String]?
    /// Folders within it that other groups may see, by path within the source.
    public var folders: [String: [String]]?
    /// Of a web page or sitemap the hosts that may lie on networks that are not public.
    public var allow: [String]?
    /// Seconds between two looks at it while the sources are watched; nil for what its kind asks for.
    public var every: Double?

    /// A query whose rows are taken in.
    public struct Query: Codable, Hashable, Sendable {
      /// One statement that only reads.
      public var sql: String
      /// The columns that tell rows apart.
      public var key: [String]?
      /// A column that every change of a row changes.
      public var updated: String?

      public init(sql: String, key: [String]? = nil, updated: String? = nil) {
        self.sql = sql
        self.key = key
        self.updated = updated
      }
    }

    public init(
      name: String,
      path: String,
      tables: [String]? = nil,
      query: Query? = nil,
      groups: [String]? = nil,
      folders: [String: [String]]? = nil,
      allow: [String]? = nil,
      every: Double? = nil
    ) {
      self.name = name
      self.path = path
      self.tables = tables
      self.query = query
      self.groups = groups
      self.folders = folders
      self.allow = allow
      self.every = every
    }

    /// The groups that may see the document at a path within the source: those of the innermost folder
    /// that names some, else the source's. Empty means everybody.
    public func groups(ofDocument path: String) -> [String] {
      let inner = (folders ?? [:]).filter { folder, _ in
        let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return PartPath.lies(path, at: folder)
      }
      let nearest = inner.max { $0.key.utf8.count < $1.key.utf8.count }
      return Set(nearest?.value ?? groups ?? []).sorted()
    }
  }

  /// The version of the file's format.
  public static let currentVersion = 1

  public var sources: [Source] = []
  /// Name of an installed embedding model.
  public var embedder = "all-MiniLM-L6-v2"
  public var generator = GeneratorChoice.answerModel
  /// How a generator writes.
  public var generation = WritingSettings()
  public var search = SearchSettings()
  public var context = ContextSettings()
  public var answers = AnswerSettings()
  /// Files larger than this are not read, in MiB.
  public var maximumFileMegabytes = 64
  /// What the machine draws while it computes, in watts; nil where that is not known.
  public var watts: Double?
  /// What an hour of the machine and its energy cost; nil where that is not known.
  public var prices: MachinePrices?
  /// How much the criteria of an advice count.
  public var advice = AdviceWeights.standard

  public init() {}
}
