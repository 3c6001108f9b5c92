/// Cuts a document into passages at its own boundaries.
///
/// A new heading always begins a new passage, and each table row is a passage of its own; the rows of a
/// small table are followed by one more passage that holds them all. Below a heading, paragraphs are
/// packed up to a target length; a paragraph that is too long is cut between sentences, a sentence
/// between words, a word between scalars.
///
/// With its prefix (``Passage/embeddingPrefix(title:)``) no passage has more than `maximumTokens`
/// tokens: where the headings would take more than half of them, the outer ones are dropped. Below
/// about 128 tokens a long title may leave too little room, and the guarantee then holds for the
/// text alone.
public struct Chunker: Sendable {
  /// The most tokens of prefix and passage together.
  public var maximumTokens: Int
  /// How long passages should become where paragraphs allow it.
  public var targetTokens: Int
  /// The length of a text by the embedder's own tokenizer.
  public let countTokens: @Sendable (String) -> Int
  /// What the tokenizer counts for nothing at all: marks at both ends.
  let overhead: Int

  /// - Parameters:
  ///   - maximumTokens: The embedder's limit, counted as `countTokens` counts.
  ///   - targetTokens: The length to pack paragraphs up to.
  ///   - countTokens: The length of a text by the embedder's own tokenizer.
  public init(
    maximumTokens: Int,
    targetTokens: Int = 150,
    countTokens: @escaping @Sendable (String) -> Int
  ) {
    self.maximumTokens = max(1, maximumTokens)
    self.targetTokens = max(1, targetTokens)
    self.countTokens = countTokens
    overhead = max(0, countTokens(""))
  }

  /// The document's passages in reading order.
  ///
  /// - Complexity: linear in the length of the text; each part is counted a bounded number of times.
  public func passages(of document: ExtractedDocument) -> [Passage] {
    var run = ChunkingRun(chunker: self, document: document)
    return run.passages()
  }
}
