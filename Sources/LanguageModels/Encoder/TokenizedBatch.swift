import Kernels
import Tokenizers

/// The tokens of a batch of texts, and how the batch is cut into pieces of work.
struct TokenizedBatch: Sendable {
  private let texts: [TokenizedText]

  /// Tokens of one piece of work: enough rows to use each weight many times, few enough that their
  /// intermediate results stay in the second-level cache.
  private static let chunkTokens = 512
  /// A batch smaller than this is one piece, whose operations are shared among the threads.
  private static let smallBatch = 128

  init(
    _ inputs: [SentenceEncoder.Input],
    tokenizer: Tokenizer,
    limit: Int,
    _ pool: WorkerPool
  ) {
    let results = ResultBuffer<TokenizedText>(count: inputs.count, filler: TokenizedText())
    pool.run(parts: inputs.count) { index in
      results[index] = Self.tokenize(inputs[index], tokenizer, limit: limit)
    }
    texts = results.all
  }

  subscript(index: Int) -> TokenizedText { texts[index] }

  private static func tokenize(
    _ input: SentenceEncoder.Input,
    _ tokenizer: Tokenizer,
    limit: Int
  ) -> TokenizedText {
    let text = input.prefix.isEmpty ? input.text : input.prefix + input.text
    // One token more than fits shows whether anything is cut.
    var encoding = tokenizer.encode(text, maximumLength: limit + 1)
    let truncated = encoding.count > limit
    if truncated { encoding = tokenizer.encode(text, maximumLength: limit) }
    let shift = input.spans.isEmpty ? 0 : input.prefix.unicodeScalars.count
    return TokenizedText(
      ids: encoding.ids,
      spans: input.spans.map { tokens(of: $0, shift: shift, encoding.offsets) },
      truncated: truncated
    )
  }

  /// The tokens that overlap a span; special tokens stand nowhere and overlap nothing.
  private static func tokens(
    of span: Range<Int>,
    shift: Int,
    _ offsets: [Range<Int>]
  ) -> Range<Int> {
    let (lower, lowerOverflow) = span.lowerBound.addingReportingOverflow(shift)
    let (upper, upperOverflow) = span.upperBound.addingReportingOverflow(shift)
    guard !lowerOverflow, !upperOverflow else { return 0..<0 }
    let overlaps: (Range<Int>) -> Bool = { offset in
      !offset.isEmpty && offset.lowerBound < upper && offset.upperBound > lower
    }
    guard let first = offsets.firstIndex(where: overlaps),
      let last = offsets.lastIndex(where: overlaps)
    else { return 0..<0 }
    return first..<last + 1
  }

  /// Pieces of work, largest first: which inputs each holds. Every piece has texts of similar length.
  func chunks(threads: Int) -> [[Int]] {
    let order = texts.indices.sorted {
      (texts[$1].ids.count, $0) < (texts[$0].ids.count, $1)
    }
    let total = texts.reduce(0) { $0 + $1.ids.count }
    guard threads > 1, total >= Self.smallBatch else {
      return cut(order, target: Self.chunkTokens)
    }
    // As many pieces as threads for a batch that would otherwise leave threads idle.
    let target = min(Self.chunkTokens, (total + threads - 1) / threads)
    return cut(order, target: target)
  }

  private func cut(_ order: [Int], target: Int) -> [[Int]] {
    var chunks: [[Int]] = []
    var current: [Int] = []
    var tokens = 0
    for index in order {
      let count = texts[index].ids.count
      if !current.isEmpty, tokens + count > target {
        chunks.append(current)
        current = []
        tokens = 0
      }
      current.append(index)
      tokens += count
    }
    if !current.isEmpty { chunks.append(current) }
    return chunks
  }
}
