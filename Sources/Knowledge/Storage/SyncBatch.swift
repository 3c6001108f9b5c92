public import Documents

/// Changes to one source that take effect together.
public struct SyncBatch: Sendable {
  /// A document to put in the place of whatever stands at its path.
  public struct Write: Sendable {
    public var path: String
    public var fingerprint: String
    public var contentHash: String
    public var textHash: String
    public var modified: Double?
    public var title: String
    public var mediaType: String
    public var metadata: [String: String]
    public var table: TableDescription?
    public var passages: [EmbeddedPassage]
    public var summary: EmbeddedPassage?
    /// The groups that may see it; everybody where there are none.
    public var groups: [String]

    public init(
      path: String,
      fingerprint: String,
      contentHash: String,
      textHash: String,
      modified: Double?,
      title: String,
      mediaType: String,
      metadata: [String: String],
      table: TableDescription?,
      passages: [EmbeddedPassage],
      summary: EmbeddedPassage?,
      groups: [String] = []
    ) {
      self.path = path
      self.fingerprint = fingerprint
      self.contentHash = contentHash
      self.textHash = textHash
      self.modified = modified
      self.title = title
      self.mediaType = mediaType
      self.metadata = metadata
      self.table = table
      self.passages = passages
      self.summary = summary
      self.groups = groups
    }
  }

  /// What changed of a document whose content did not.
  public struct Touch: Hashable, Sendable {
    public var fingerprint: String
    /// Seconds since 1970 of the original's last modification, where known.
    public var modified: Double?

    public init(fingerprint: String, modified: Double?) {
      self.fingerprint = fingerprint
      self.modified = modified
    }
  }

  /// A passage with its vector.
  public struct EmbeddedPassage: Sendable {
    public var passage: Passage
    public var vector: [Float]
    /// SHA-256 of the text that was embedded, prefix included.
    public var embeddedHash: String

    public init(passage: Passage, vector: [Float], embeddedHash: String) {
      self.passage = passage
      self.vector = vector
      self.embeddedHash = embeddedHash
    }
  }

  public var source: Int64
  /// The embedder that made the vectors.
  public var embedder: String
  /// Seconds since 1970 of this sync.
  public var time: Double
  public var writes: [Write]
  /// Paths whose content is as before, with what is to be remembered of them.
  public var touched: [String: Touch]
  /// Identifiers of documents that are gone.
  public var removed: [Int64]

  public init(
    source: Int64,
    embedder: String,
    time: Double,
    writes: [Write] = [],
    touched: [String: Touch] = [:],
    removed: [Int64] = []
  ) {
    self.source = source
    self.embedder = embedder
    self.time = time
    self.writes = writes
    self.touched = touched
    self.removed = removed
  }

  public var isEmpty: Bool { writes.isEmpty && touched.isEmpty && removed.isEmpty }
}
