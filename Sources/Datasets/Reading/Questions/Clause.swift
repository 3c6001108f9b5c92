extension ClauseQuestions {
  /// The parts of the clause that a span stands in.
  struct Clause {
    var subject: [Piece]
    var verb: Piece
    /// What follows the verb, up to the end of the clause.
    var rest: [Piece]
    /// "in 1932" in front of the clause, where it is short.
    var opening: [Piece]
    /// Where the span's words stand.
    enum Place {
      case subject, opening
      case subjectPart(Range<Int>)
      case rest(Range<Int>)
    }
    var place: Place

    /// The clause of the words to be replaced; nil where no plain subject and verb are found.
    init?(_ pieces: [Piece], wording: SpanWording) {
      let replaced = wording.replaced
      var start = 0
      var opening: Range<Int> = 0..<0
      var isInOpening = false
      // "About 40,000 cars" opens nothing.
      let isVague =
        pieces.count > 1 && pieces[1].isNumeric
        && ["about", "around", "over", "under"].contains(pieces[0].key)
      if let first = pieces.first, Self.openers.contains(first.key), !isVague {
        guard let comma = pieces.prefix(12).firstIndex(where: { $0.tail.contains(",") }),
          comma + 1 < pieces.count
        else { return nil }
        start = comma + 1
        opening = 0..<start
        if replaced.lowerBound < start {
          // The span is all of the opening, or its end: then what is before is little.
          guard wording.takesPreposition, replaced == opening else { return nil }
          isInOpening = true
          opening = 0..<0
        } else if opening.count > 6 || !EnglishWords.prepositions.contains(first.key) {
          opening = 0..<0
        }
      }
      guard var verb = Self.verb(pieces, from: start + 1) else { return nil }
      var subject = Self.plain(pieces[start..<verb])
      guard !subject.isEmpty, subject.count <= 12 else { return nil }
      if replaced.upperBound <= verb, !isInOpening {
        guard replaced.lowerBound >= start else { return nil }
        let end = Self.end(pieces, from: verb + 1)
        let low = replaced.lowerBound - start
        let high = replaced.upperBound - start
        guard high <= subject.count else { return nil }
        let isAll = low == 0 && (replaced.upperBound == verb || high == subject.count)
        self.init(
          subject: subject,
          verb: pieces[verb],
          rest: Array(pieces[(verb + 1)..<end]),
          opening: Array(pieces[opening]),
          place: isAll ? .subject : .subjectPart(low..<high)
        )
        return
      }
      // A second verb of the same subject: "was born in Ulm and moved to Bern in 1902".
      let target = isInOpening ? verb : replaced.lowerBound
      var end = Self.end(pieces, from: verb + 1)
      var helper: Piece?
      while !isInOpening, target >= end || Self.conjoined(pieces, verb + 1, target) != nil {
        guard let next = Self.conjoined(pieces, verb + 1, target) else {
          return nil
        }
        // "Was discovered and termed by": the helping verb goes on; with others that cannot be told.
        if EnglishWords.forms.contains(pieces[verb].key), !Self.isFinite(pieces[next]) {
          guard next + 1 < pieces.count, ["by", "as"].contains(pieces[next + 1].key) else {
            return nil
          }
          helper = pieces[verb]
        } else {
          helper = nil
        }
        verb = next
        end = Self.end(pieces, from: verb + 1)
      }
      guard isInOpening || replaced.upperBound <= end, verb + 1 <= end else { return nil }
      if let last = subject.last, last.tail.contains(",") { subject[subject.count - 1].tail = "" }
      let first = helper == nil ? verb + 1 : verb
      self.init(
        subject: subject,
        verb: helper ?? pieces[verb],
        rest: Array(pieces[first..<end]),
        opening: Array(pieces[opening]),
        place: isInOpening
          ? .opening : .rest((replaced.lowerBound - first)..<(replaced.upperBound - first))
      )
      if case .rest(let range) = place, range.lowerBound < 0 { return nil }
    }

    private init(subject: [Piece], verb: Piece, rest: [Piece], opening: [Piece], place: Place) {
      self.subject = subject
      self.verb = verb
      self.rest = rest
      self.opening = opening
      self.place = place
    }

    private static let openers = EnglishWords.prepositions.union([
      "when", "while", "although", "though", "because", "if", "since", "however", "today",
      "additionally", "furthermore", "later", "originally", "finally", "eventually",
    ])

    static func isVerb(_ piece: Piece) -> Bool {
      guard !piece.isCapitalized else { return false }
      return EnglishWords.auxiliaries.contains(piece.key)
        || EnglishWords.perfect.contains(piece.key)
        || VerbForms.isPast(piece.key) || VerbForms.isThirdPerson(piece.key)
        || VerbForms.isPlural(piece.key)
    }

    private static func isFinite(_ piece: Piece) -> Bool {
      !piece.isCapitalized
        && (EnglishWords.auxiliaries.contains(piece.key)
          || EnglishWords.perfect.contains(piece.key))
    }

    /// The main verb: the first that is not within an apposition, and not a participle behind its noun.
    private static func verb(_ pieces: [Piece], from start: Int) -> Int? {
      var index = start
      guard start <= pieces.count, start > 0 else { return nil }
      if start - 1 < pieces.count,
        EnglishWords.conjunctions.contains(pieces[start - 1].key)
          || EnglishWords.relatives.contains(pieces[start - 1].key)
      {
        return nil
      }
      while index < pieces.count, index - start < 16 {
        if pieces[index - 1].tail.contains(",") {
          guard let close = pieces[index...].firstIndex(where: { $0.tail.contains(",") }),
            close - index < 10
          else { return nil }
          index = close + 1
          guard index < pieces.count, isVerb(pieces[index]) else { return nil }
          return index
        }
        let piece = pieces[index]
        if EnglishWords.relatives.contains(piece.key) || piece.tail.contains(";") { return nil }
        // "The preferred name": no verb behind an article.
        let isLed =
          EnglishWords.determiners.contains(pieces[index - 1].key)
          || EnglishWords.prepositions.contains(pieces[index - 1].key)
        if isVerb(piece), isFinite(piece) || !isLed {
          let next = index + 1 < pieces.count ? pieces[index + 1].key : ""
          let isParticiple =
            !isFinite(piece) && !VerbForms.isThirdPerson(piece.key)
            && ["by", "as", "in", "from", "with", "on", "to", "for", "at"].contains(next)
            && pieces[(index + 1)...].prefix(8).contains(where: isFinite)
          if !isParticiple { return index }
        }
        index += 1
      }
      return nil
    }

    /// The subject without an apposition between commas.
    private static func plain(_ pieces: ArraySlice<Piece>) -> [Piece] {
      guard let comma = pieces.firstIndex(where: { $0.tail.contains(",") }) else {
        return Array(pieces)
      }
      var kept = Array(pieces[...comma])
      kept[kept.count - 1].tail = ""
      return kept
    }

    static let breaks: Set<String> = [
      "and", "but", "which", "who", "where", "while", "when", "with", "as", "or", "although",
      "including", "such", "whose", "making", "after", "before", "because", "though", "however",
    ]

    /// Where the clause ends: at a break that has a comma in front, or a conjunction that begins another.
    private static func end(_ pieces: [Piece], from start: Int) -> Int {
      var index = start
      while index < pieces.count {
        let piece = pieces[index]
        if index > start {
          let tail = pieces[index - 1].tail
          if tail.contains(where: { ";:–".contains($0) }) { return index }
          if tail.contains(","), breaks.contains(piece.key) || piece.key.hasSuffix("ing") {
            return index
          }
          if ["while", "because", "although", "whereas", "but", "which", "who", "if", "when"]
            .contains(piece.key)
          {
            // "In which": the preposition goes with it.
            let isLed =
              index > start + 1 && EnglishWords.prepositions.contains(pieces[index - 1].key)
            return isLed ? index - 1 : index
          }
          if piece.key == "and", index + 1 < pieces.count, isVerb(pieces[index + 1]) {
            return index
          }
        }
        index += 1
      }
      return pieces.count
    }

    /// The verb behind an "and" between two places.
    private static func conjoined(_ pieces: [Piece], _ start: Int, _ end: Int) -> Int? {
      guard start < end else { return nil }
      for index in start..<end where ["and", "but", "then"].contains(pieces[index].key) {
        if index + 1 < end, isVerb(pieces[index + 1]) { return index + 1 }
      }
      return nil
    }
  }
}
