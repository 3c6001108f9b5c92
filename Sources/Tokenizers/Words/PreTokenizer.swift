/// One step that splits text into words; `tokenizer.json` lists them under `pre_tokenizer`.
///
/// Source: the module `pre_tokenizers` of the `tokenizers` package.
enum PreTokenizer: Sendable {
  /// When a replacement character is put in front of a text.
  enum Prepending: String, Sendable { case always, first, never }

  case bert
  case split(SplitPattern, SplitBehavior, isInverted: Bool)
  /// A blank in front of each piece that has none.
  case prefixBlank
  /// Blanks become the replacement, which may also be put in front; then words begin with it.
  case metaspace([UInt8], Prepending, splits: Bool)
  case digits(individually: Bool)
  case punctuation(SplitBehavior)
  case whitespace
  /// Runs of word characters and runs of what is neither word character nor white space.
  case wordRuns

  /// The words of `words` after this step; `text` changes where the step changes text.
  ///
  /// - Parameters:
  ///   - text: the text and its words.
  ///   - isAtStart: whether the text begins where the original text does.
  func apply(_ text: inout WordText, isAtStart: Bool) {
    switch self {
    case .bert:
      text.split { bytes, range, words in
        BertWordSplitter.forEachWord(in: bytes, range) { words.append($0) }
      }
    case .split(let pattern, let behavior, let isInverted):
      text.split { bytes, range, words in
        var pending: (range: Range<Int>, isDelimiter: Bool)?
        pattern.forEachPiece(of: bytes, range) { piece, isMatch in
          behavior.add(piece, isDelimiter: isMatch != isInverted, to: &words, pending: &pending)
        }
        if let pending { words.append(pending.range) }
      }
    case .prefixBlank:
      text.rewrite { source, word, output in
        if source.bytes[word.lowerBound] != 0x20 {
          let start = source.starts[word.lowerBound]
          let end = UTF8Reader.endOfScalar(at: word.lowerBound, in: source.bytes) - 1
          output.append(byte: 0x20, from: start, to: source.ends[min(end, word.upperBound - 1)])
        }
        output.append(source, word)
      }
    case .metaspace(let replacement, let prepending, let splits):
      Self.metaspace(replacement, prepending, splits: splits, &text, isAtStart: isAtStart)
    case .digits(let individually):
      Self.splitScalars(&text, individually ? .isolated : .contiguous) { flags in
        let digits = GeneralCategory.nd.bit | GeneralCategory.nl.bit | GeneralCategory.no.bit
        return digits >> UInt32(flags & 0x1F) & 1 == 1
      }
    case .punctuation(let behavior):
      let ascii = Array(0x21...0x2F) + Array(0x3A...0x40) + Array(0x5B...0x60) + Array(0x7B...0x7E)
      text.split { bytes, range, words in
        Self.split(bytes, range, behavior, into: &words) { scalar in
          scalar < 0x80
            ? ascii.contains(Int(scalar))
            : UnicodeTables.shared.flags(of: scalar).contains(.punctuation)
        }
      }
    case .wordRuns:
      text.split(Self.splitWordRuns)
    case .whitespace:
      Self.splitScalars(&text, .removed) { $0 & UnicodeCategories.spaceFlag != 0 }
    }
  }

  private static func splitWordRuns(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    into words: inout [Range<Int>]
  ) {
    var start = range.lowerBound
    var position = start
    var last: Bool?
    while position < range.upperBound {
      let first = position
      let scalar = UTF8Reader.next(in: bytes, at: &position)
      let flags = UnicodeCategories.shared.classes(of: scalar)
      var isWord: Bool?
      if flags & UnicodeCategories.spaceFlag == 0 { isWord = Self.isWord(scalar, flags) }
      if isWord == last { continue }
      if last != nil { words.append(start..<first) }
      (start, last) = (first, isWord)
    }
    if last != nil { words.append(start..<range.upperBound) }
  }

  /// `\w` of Unicode Technical Standard 18, which differs from Oniguruma's by the join controls
  /// and the numbers of Latin-1.
  private static func isWord(_ scalar: UInt32, _ flags: UInt8) -> Bool {
    switch scalar {
    case 0x200C, 0x200D: true
    case 0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE: false
    default: flags & UnicodeCategories.wordFlag != 0
    }
  }

  private static func splitScalars(
    _ text: inout WordText,
    _ behavior: SplitBehavior,
    where isDelimiter: (UInt8) -> Bool
  ) {
    text.split { bytes, range, words in
      split(bytes, range, behavior, into: &words) { scalar in
        isDelimiter(UnicodeCategories.shared.classes(of: scalar))
      }
    }
  }

  private static func split(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    _ behavior: SplitBehavior,
    into words: inout [Range<Int>],
    where isDelimiter: (UInt32) -> Bool
  ) {
    var pending: (range: Range<Int>, isDelimiter: Bool)?
    var gap = range.lowerBound
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      guard isDelimiter(UTF8Reader.next(in: bytes, at: &position)) else { continue }
      if gap < start {
        behavior.add(gap..<start, isDelimiter: false, to: &words, pending: &pending)
      }
      behavior.add(start..<position, isDelimiter: true, to: &words, pending: &pending)
      gap = position
    }
    if gap < range.upperBound {
      behavior.add(gap..<range.upperBound, isDelimiter: false, to: &words, pending: &pending)
    }
    if let pending { words.append(pending.range) }
  }

  private static func metaspace(
    _ replacement: [UInt8],
    _ prepending: Prepending,
    splits: Bool,
    _ text: inout WordText,
    isAtStart: Bool
  ) {
    let origin = text.firstPlace
    text.rewrite { source, word, output in
      let bytes = source.bytes
      let startsWithIt =
        bytes[word.lowerBound] == 0x20 || bytes[word].starts(with: replacement)
      let wantsIt: Bool =
        switch prepending {
        case .always: true
        case .first: isAtStart && source.starts[word.lowerBound] == origin
        case .never: false
        }
      if wantsIt && !startsWithIt {
        let last = UTF8Reader.endOfScalar(at: word.lowerBound, in: bytes) - 1
        output.append(
          bytes: replacement,
          from: source.starts[word.lowerBound],
          to: source.ends[min(last, word.upperBound - 1)]
        )
      }
      for index in word {
        if bytes[index] == 0x20 {
          output.append(bytes: replacement, from: source.starts[index], to: source.ends[index])
        } else {
          output.append(byte: bytes[index], from: source.starts[index], to: source.ends[index])
        }
      }
    }
    guard splits, let first = replacement.first else { return }
    text.split { bytes, range, words in
      var start = range.lowerBound
      var position = range.lowerBound
      while position < range.upperBound {
        if position > start, bytes[position] == first,
          bytes[position..<range.upperBound].starts(with: replacement)
        {
          words.append(start..<position)
          start = position
        }
        position += 1
      }
      if start < range.upperBound { words.append(start..<range.upperBound) }
    }
  }
}

extension PreTokenizer {
  /// Whether the step may change text, not only split it.
  var rewritesText: Bool {
    switch self {
    case .prefixBlank, .metaspace: true
    case .bert, .split, .digits, .punctuation, .whitespace, .wordRuns: false
    }
  }
}

extension [PreTokenizer] {
  /// Whether words are formed as BERT forms them, and in no other way.
  var isBertAlone: Bool {
    if count == 1, case .bert = self[0] { return true }
    return false
  }
}
