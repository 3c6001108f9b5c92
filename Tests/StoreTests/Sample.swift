import Documents
import Knowledge
import TestSupport
import VectorIndex

/// Small documents to fill a store with.
enum Sample {
  static let embedder = "test-embedder@1"
  static let dimension = 16

  /// A document whose passages are given by their texts.
  static func document(
    _ path: String,
    title: String = "Title",
    texts: [String],
    headings: [String] = [],
    summary: String? = nil,
    mediaType: String = "text/markdown",
    modified: Double? = nil,
    metadata: [String: String] = [:],
    table: TableDescription? = nil,
    hash: String? = nil,
    dimension: Int = Sample.dimension,
    seed: UInt64 = 1
  ) -> SyncBatch.Write {
    var generator = SplitMix64(seed: seed)
    var start = 0
    let passages = texts.enumerated().map { ordinal, text in
      let count = text.unicodeScalars.count
      defer { start += count + 1 }
      return SyncBatch.EmbeddedPassage(
        passage: Passage(
          ordinal: ordinal,
          headings: headings,
          text: text,
          location: Location(
            characters: start..<(start + count),
            origin: .bytes(start..<(start + text.utf8.count))
          )
        ),
        vector: generator.unitVector(dimension),
        embeddedHash: "hash of \(text)"
      )
    }
    let summary = summary.map { text in
      SyncBatch.EmbeddedPassage(
        passage: Passage(
          ordinal: 0,
          headings: [],
          text: text,
          location: Location(characters: 0..<1, origin: .bytes(0..<1))
        ),
        vector: generator.unitVector(dimension),
        embeddedHash: "hash of summary \(text)"
      )
    }
    let content = hash ?? String(Checksum.of(texts.joined(separator: "\n")), radix: 16)
    return SyncBatch.Write(
      path: path,
      fingerprint: "size and time of \(content)",
      contentHash: content,
      textHash: content,
      modified: modified,
      title: title,
      mediaType: mediaType,
      metadata: metadata,
      table: table,
      passages: passages,
      summary: summary
    )
  }

  static func batch(
    _ source: Int64,
    time: Double = 1000,
    _ writes: [SyncBatch.Write],
    touched: [String: SyncBatch.Touch] = [:],
    removed: [Int64] = []
  ) -> SyncBatch {
    SyncBatch(
      source: source,
      embedder: embedder,
      time: time,
      writes: writes,
      touched: touched,
      removed: removed
    )
  }

  static func run(
    _ source: Int64,
    added: Int = 0,
    changed: Int = 0,
    removed: Int = 0,
    failures: [SyncFailure] = [],
    at time: Double = 2000
  ) -> SyncRun {
    SyncRun(
      source: source,
      startedAt: time - 1,
      finishedAt: time,
      added: added,
      changed: changed,
      removed: removed,
      unchanged: 0,
      failures: failures
    )
  }
}
