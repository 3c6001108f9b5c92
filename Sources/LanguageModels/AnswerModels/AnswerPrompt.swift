package import Tokenizers

/// What an answer model reads before it writes: `[CLS] question [SEP]`, and behind it
/// `passage [SEP]` unless it answers from memory.
///
/// The question is of token type 0, the passage and its `[SEP]` of type 1; positions count from 0.
/// Special tokens written in question or passage are plain text.
package struct AnswerPrompt: Sendable, Equatable {
  /// The token ids of the prefix.
  package let ids: [Int32]
  /// How many tokens, from the front, are of type 0.
  package let questionCount: Int
  /// Where the passage's tokens stand in ``ids``: the positions that can be copied from. Empty where
  /// there is no passage.
  package let copyable: Range<Int>
  /// For each token of the passage where it stands in the passage's text, in Unicode scalars.
  package let scalars: [Range<Int>]
  /// For each token of the passage whether a word begins with it.
  package let startsWord: [Bool]
  /// For each token of the passage whether a word ends with it.
  package let endsWord: [Bool]

  /// The token type of each token of the prefix.
  package var types: [Int] {
    ids.indices.map { $0 < questionCount ? 0 : 1 }
  }

  /// The prompt of a question without a passage.
  package init(
    question: String,
    tokenizer: Tokenizer,
    tokens: AnswerTokens,
    limits: AnswerLimits
  ) {
    let words = Self.questionIDs(question, tokenizer, limits)
    ids = [tokens.start] + words + [tokens.end]
    questionCount = ids.count
    copyable = questionCount..<questionCount
    scalars = []
    startsWord = []
    endsWord = []
  }

  /// A prompt from its parts.
  ///
  /// - Parameters:
  ///   - ids: the token ids of the prefix.
  ///   - questionCount: how many of them, from the front, are of type 0.
  ///   - copyable: where the passage's tokens stand in `ids`.
  ///   - scalars: where each of these stands in the passage's text.
  ///   - startsWord: for each of these whether a word begins with it; all if `nil`.
  ///   - endsWord: for each of these whether a word ends with it; all if `nil`.
  package init(
    ids: [Int32],
    questionCount: Int,
    copyable: Range<Int>,
    scalars: [Range<Int>],
    startsWord: [Bool]? = nil,
    endsWord: [Bool]? = nil
  ) {
    let all = [Bool](repeating: true, count: copyable.count)
    precondition(
      copyable.lowerBound >= 0 && copyable.upperBound <= ids.count
        && scalars.count == copyable.count
        && (startsWord ?? all).count == all.count && (endsWord ?? all).count == all.count,
      "what is said about the passage's tokens fits them"
    )
    self.ids = ids
    self.questionCount = questionCount
    self.copyable = copyable
    self.scalars = scalars
    self.startsWord = startsWord ?? all
    self.endsWord = endsWord ?? all
  }

  /// The prompts of a question about a passage: one, or several where the passage is longer than a
  /// window. Windows overlap by about a quarter, and begin and end between words.
  package static func windows(
    question: String,
    passage: String,
    tokenizer: Tokenizer,
    tokens: AnswerTokens,
    limits: AnswerLimits
  ) -> [AnswerPrompt] {
    let words = questionIDs(question, tokenizer, limits)
    let head = [tokens.start] + words + [tokens.end]
    let encoding = tokenizer.encode(
      passage,
      addSpecialTokens: false,
      recognizesSpecialTokens: false
    )
    let starts = encoding.tokens.map { !$0.hasPrefix("##") }
    let room = limits.passageTokens(besideQuestion: words.count)
    return cut(starts: starts, room: room).map { window in
      AnswerPrompt(head: head, end: tokens.end, encoding: encoding, starts: starts, window: window)
    }
  }

  private init(
    head: [Int32],
    end: Int32,
    encoding: Encoding,
    starts: [Bool],
    window: Range<Int>
  ) {
    ids = head + encoding.ids[window] + [end]
    questionCount = head.count
    copyable = head.count..<head.count + window.count
    scalars = Array(encoding.offsets[window])
    startsWord = Array(starts[window])
    endsWord = window.map { $0 + 1 == starts.count || starts[$0 + 1] }
  }

  /// Positions of the passage's tokens that lie wholly within a range of its Unicode scalars.
  package func positions(within range: Range<Int>) -> Range<Int> {
    let inside: (Range<Int>) -> Bool = {
      $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound
    }
    guard let first = scalars.firstIndex(where: inside),
      let last = scalars.lastIndex(where: inside)
    else { return copyable.lowerBound..<copyable.lowerBound }
    return copyable.lowerBound + first..<copyable.lowerBound + last + 1
  }

  private static func questionIDs(
    _ question: String,
    _ tokenizer: Tokenizer,
    _ limits: AnswerLimits
  ) -> [Int32] {
    let ids = tokenizer.ids(of: question, addSpecialTokens: false, recognizesSpecialTokens: false)
    return Array(ids.prefix(limits.questionTokens))
  }

  /// Windows of at most `room` tokens over as many tokens as `starts` has.
  private static func cut(starts: [Bool], room: Int) -> [Range<Int>] {
    // A word longer than a window is cut within.
    let wordStart = { (index: Int, above: Int) -> Int in
      var start = index
      while start > above, !starts[start] { start -= 1 }
      return start > above ? start : index
    }
    var windows: [Range<Int>] = []
    var first = 0
    while starts.count - first > room {
      let end = wordStart(first + room, first)
      windows.append(first..<end)
      first = wordStart(max(end - room / 4, first + 1), first)
    }
    return windows + [first..<starts.count]
  }
}
