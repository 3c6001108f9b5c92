/// Turns a sentence into a question for one of its spans, by moving the question word to the front:
/// `Edison invented the phonograph in 1877.` becomes `When did Edison invent the phonograph?`
///
/// Where the sentence is too involved for that, the question word stays where the span was.
struct ClauseQuestions: Sendable {
  let corpus: CorpusWords
  let verbs: VerbForms
  let finder: AnswerSpanFinder

  init(_ corpus: CorpusWords) {
    self.corpus = corpus
    verbs = VerbForms(counts: corpus.counts)
    finder = AnswerSpanFinder(corpus: corpus)
  }

  /// A word of the question to be.
  struct Piece {
    var text: String
    var key: String
    /// The word's place in the text.
    var index: Int
    /// The punctuation behind it, less what closes a quotation.
    var tail: String
    var isNumeric: Bool
    var isCapitalized: Bool
  }

  /// A question for a span.
  ///
  /// - Parameters:
  ///   - span: What to ask for.
  ///   - text: The text that the span stands in.
  ///   - sentence: The words of its sentence.
  ///   - topic: What the passage is about, to stand for a pronoun; nil where that is not known.
  ///   - inPlace: Whether the question word may stay where the span was.
  ///   - random: Draws among wordings.
  /// - Returns: Nil where no fair question comes of it.
  func question(
    for span: AnswerSpan,
    in text: ReadingText,
    sentence: Range<Int>,
    topic: String?,
    inPlace: Bool,
    using random: inout SeededGenerator
  ) -> String? {
    // A hyphen between blanks marks the items of a list that was run together.
    guard
      !text.words[sentence].contains(where: {
        $0.text.isEmpty && $0.range.count == 1 && text.scalars[$0.range.lowerBound] == "-"
      })
    else { return nil }
    var pieces = Self.pieces(text, sentence, keeping: span.words)
    Self.dropAdverbs(&pieces, keeping: span.words, using: &random)
    guard let wording = wording(for: span, pieces, text, using: &random) else { return nil }
    guard let last = sentence.last, text.end(last) != "?",
      let clause = Clause(pieces, wording: wording)
    else { return nil }
    if let first = clause.subject.first, clause.subject.count > 1 || first.key.count > 4 {
      // "Recognizing the potential" and "Produced by" begin no subject.
      if VerbForms.isPast(first.key), corpus.counts[first.key, default: 0] > 2 { return nil }
      if first.key.hasSuffix("ing"), corpus.counts[first.key, default: 0] > 10 { return nil }
    }
    var words = fronted(clause, span, wording, using: &random)
    if words == nil, inPlace { words = Self.inPlace(clause, wording, using: &random) }
    guard var words else { return nil }
    // A pronoun in front is what the passage is about, if anything tells.
    if let first = clause.subject.first, Self.subjectPronouns.contains(first.key),
      clause.subject.count == 1,
      let place = words.firstIndex(where: { $0.lowercased() == first.key })
    {
      guard let topic else { return nil }
      words[place] = topic
    }
    if let first = clause.subject.first, Self.owners.contains(first.key),
      let place = words.firstIndex(where: { $0.lowercased() == first.key })
    {
      guard let topic else { return nil }
      words[place] = topic + "'s"
    }
    guard !words.contains(where: { Self.pointers.contains($0.lowercased()) }) else { return nil }
    words = QuestionParaphrase.of(words, using: &random)
    return Self.finish(words, answer: text.text(of: text.core(of: span.words)))
  }

  static let subjectPronouns: Set<String> = ["he", "she", "it", "they"]

  private static let owners: Set<String> = ["his", "her", "its", "their"]

  /// Words that point at what is not in the question.
  private static let pointers: Set<String> = [
    "he", "she", "it", "they", "him", "them", "this", "these", "those", "such", "here", "there",
    "i",
    "we", "us", "our", "following", "above", "below",
  ]

  /// The topic where a pronoun in front of a sentence is likely to stand for it: the sentence before, or
  /// the one before that, names it.
  func topic(_ topic: String?, of sentence: Int, in text: ReadingText) -> String? {
    guard let topic, sentence > 0, let last = NormalizedWording.of(topic).split(separator: " ").last
    else { return nil }
    let near = text.sentences[max(0, sentence - 2)..<sentence]
    return near.contains { text.words[$0].contains { $0.key == last } } ? topic : nil
  }

  /// The sentence's words without what stands in brackets, unless the span does.
  private static func pieces(
    _ text: ReadingText,
    _ sentence: Range<Int>,
    keeping span: Range<Int>
  ) -> [Piece] {
    var pieces: [Piece] = []
    var depth = 0
    var skipped: [Piece] = []
    for index in sentence {
      let word = text.words[index]
      let raw = text.text(of: word.range)
      let behind = text.text(of: word.core.upperBound..<word.range.upperBound)
      let isPossessive = behind.hasPrefix("'s") || behind.hasPrefix("’s")
      let tail = isPossessive ? String(behind.dropFirst(2)) : behind
      let own = word.text + (isPossessive ? "'s" : "")
      let piece = Piece(
        text: own,
        key: word.key,
        index: index,
        tail: tail.filter { ",;:–".contains($0) },
        isNumeric: word.isNumeric,
        isCapitalized: word.isCapitalized
      )
      let opens = raw.count { $0 == "(" || $0 == "[" }
      let closes = raw.count { $0 == ")" || $0 == "]" }
      if depth == 0, opens == 0 {
        if word.text.isEmpty {
          if !pieces.isEmpty { pieces[pieces.count - 1].tail += "–" }
        } else {
          pieces.append(piece)
        }
      } else {
        skipped.append(piece)
      }
      depth = max(0, depth + opens - closes)
      if depth == 0, !skipped.isEmpty {
        if skipped.contains(where: { span.contains($0.index) }) {
          pieces += skipped.filter { !$0.text.isEmpty }
        } else if tail.contains(","), !pieces.isEmpty {
          pieces[pieces.count - 1].tail += ","
        }
        skipped = []
      }
    }
    return pieces
  }

  private static func dropAdverbs(
    _ pieces: inout [Piece],
    keeping span: Range<Int>,
    using random: inout SeededGenerator
  ) {
    let isDropping = random.unit() < 0.6
    pieces.removeAll { piece in
      guard !span.contains(piece.index), piece.tail.isEmpty else { return false }
      if ["also", "however", "therefore", "thus"].contains(piece.key) { return true }
      return isDropping && piece.key.hasSuffix("ly") && piece.key.count > 5
        && !piece.isCapitalized
        && !["family", "only", "early", "assembly", "italy"].contains(piece.key)
    }
  }

  /// The question as it is written; nil where it is too short, too long or gives the answer away.
  private static func finish(_ words: [String], answer: String) -> String? {
    let text = words.joined(separator: " ")
    let parts = text.split(separator: " ")
    let isDefinition = words.count > 2 && words[0] == "what" && ["is", "was"].contains(words[1])
    guard ((isDefinition ? 3 : 4)...22).contains(parts.count) else { return nil }
    let plain = NormalizedWording.of(text)
    guard !" \(plain) ".contains(" \(NormalizedWording.of(answer)) ") else { return nil }
    let content = plain.split(separator: " ").filter {
      $0.count > 2 && !EnglishWords.functionWords.contains(String($0))
    }
    let isPlain = words.first == "when" || words.first == "where"
    let isNamed = isDefinition && words.dropFirst(2).allSatisfy { $0.first?.isUppercase == true }
    guard content.count >= (isNamed ? 1 : isPlain ? 2 : 3) else { return nil }
    var bare = text
    while let last = bare.last, ",;:–.!".contains(last) { bare.removeLast() }
    if bare.count(where: { $0 == "\"" }) % 2 == 1 { bare.removeAll { $0 == "\"" } }
    return bare.prefix(1).uppercased() + bare.dropFirst() + "?"
  }
}
