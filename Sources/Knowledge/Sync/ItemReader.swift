import Documents

/// Reads an item and what lies inside it, and cuts it into passages. Runs on any thread.
struct ItemReader: Sendable {
  let source: any DocumentSource
  let chunker: Chunker
  let readerVersion: Int
  let known: [[UInt8]: DocumentState]
  /// Read these whatever is known of them.
  let again: Set<String>

  /// What has to be the same for an item to be left unread.
  func fingerprint(of item: SourceItem) -> String {
    "\(item.fingerprint)\(Self.versionMark)\(readerVersion)"
  }

  /// The fingerprint of a document that holds others which could not all be read: the next sync reads it
  /// again.
  func unfinishedFingerprint(of item: SourceItem) -> String {
    fingerprint(of: item) + " unfinished"
  }

  func before(_ item: SourceItem) -> DocumentState? { known[Array(item.path.utf8)] }

  /// Whether an item need not be read.
  func isKnown(_ item: SourceItem) -> Bool {
    !again.contains(item.path) && before(item)?.fingerprint == fingerprint(of: item)
  }

  /// Reads one item. The item's own document comes after those that lie in it: once it is kept, they are.
  func read(_ listed: SourceItem, emit: (ItemEvent) throws -> Void) throws {
    var parts: Set<String>? = []
    var item = listed
    do {
      let content = try source.read(listed)
      item = content.item ?? listed
      if isSame(content, as: before(item)), !again.contains(item.path) {
        try emit(.unchanged(item))
        parts = nil
      } else {
        let document = try content.extract()
        var isWhole = true
        try readParts(of: content, in: item, names: &parts, isWhole: &isWhole, emit: emit)
        try emit(.document(prepare(document, of: item, hash: content.hash, isWhole: isWhole)))
      }
    } catch let error as DocumentError {
      try emit(.failed(item, error))
      // What lay in it is kept or goes as it does itself.
      parts = error.isSkip || error.code == .notFound ? [] : nil
    }
    try emit(.end(item, parts: parts))
  }

  private func readParts(
    of content: SourceContent,
    in holder: SourceItem,
    names: inout Set<String>?,
    isWhole: inout Bool,
    emit: (ItemEvent) throws -> Void
  ) throws {
    for part in try content.parts() {
      let item = SourceItem(
        path: PartPath.join(holder.path, part.name),
        fingerprint: holder.fingerprint,
        size: part.size,
        modified: holder.modified
      )
      names?.insert(item.path)
      do {
        let content = try part.content()
        if isSame(content, as: before(item)) {
          try emit(.unchanged(item))
        } else {
          let document = try content.extract()
          try emit(.document(prepare(document, of: item, hash: content.hash, isWhole: true)))
        }
        try readParts(of: content, in: item, names: &names, isWhole: &isWhole, emit: emit)
      } catch let error as DocumentError {
        if !error.isSkip { isWhole = false }
        try emit(.failed(item, error))
      }
    }
  }

  /// Equal content, read by equal readers, is equal.
  private func isSame(_ content: SourceContent, as before: DocumentState?) -> Bool {
    guard let before, before.contentHash == content.hash else { return false }
    return before.fingerprint.hasSuffix("\(Self.versionMark)\(readerVersion)")
  }

  private func prepare(
    _ document: ExtractedDocument,
    of item: SourceItem,
    hash: String,
    isWhole: Bool
  ) -> PreparedDocument {
    let passages = chunker.passages(of: document)
    return PreparedDocument(
      item: item,
      fingerprint: isWhole ? fingerprint(of: item) : unfinishedFingerprint(of: item),
      contentHash: hash,
      document: document,
      passages: passages,
      sentences: passages.map { passage in
        passage.fields.isEmpty ? SentenceSplitter.ranges(in: passage.text) : []
      },
      before: before(item)
    )
  }

  private static let versionMark = " reader "
}
