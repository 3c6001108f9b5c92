import Documents
import Knowledge

/// Turns the text that a generator writes, piece by piece, into checked sentences.
///
/// Markers that name no passage, links and markup that no passage holds, and repetitions of the prompt
/// are taken out. What is left of each sentence is judged by the passages it cites, or else by the one
/// that fits best, and gets a citation of the very place that supports it.
package struct GroundingStream: Sendable {
  private let question: String
  private let judge: SupportJudge
  private let echoes: EchoDetector
  private var reasoning = ReasoningFilter()
  private var sentences = SentenceStream()
  private var markers: [SupportPlace: Int] = [:]
  private let check: Check?

  /// Says of each citation why it does not hold; nil where it does.
  package typealias Check = @Sendable ([Citation]) throws -> [CitationChecker.Fault?]

  /// Whether the model said that the data does not answer, before anything that is supported. What it
  /// goes on to write is left out.
  package private(set) var hasAbstained = false
  private var hasSupported = false
  /// Sentences that were taken out because they repeat the prompt.
  package private(set) var echoCount = 0
  /// Why citations were refused.
  package private(set) var refused: [CitationChecker.Fault] = []

  private struct SupportPlace: Hashable {
    var passage: Int64
    var range: Range<Int>
  }

  /// Reads what is written for a prompt. `check` looks at citations once more, against the store as it
  /// is then; without it they are left unverified.
  package init(prompt: GroundedPrompt, question: String, check: Check? = nil) {
    self.question = question
    self.check = check
    judge = SupportJudge(prompt.passages, question: question)
    echoes = EchoDetector(nonce: prompt.nonce, instructions: prompt.instructions)
  }

  /// Takes a piece of text and gives the sentences that it completes, checked.
  package mutating func push(_ piece: String) throws -> [GroundedSentence] {
    try sentences.push(reasoning.push(piece)).compactMap { try judged($0) }
  }

  /// Gives what is left when no more text comes.
  package mutating func finish() throws -> [GroundedSentence] {
    let rest = sentences.push(reasoning.finish()) + sentences.finish()
    return try rest.compactMap { try judged($0) }
  }

  private mutating func judged(_ sentence: SentenceStream.Sentence) throws -> GroundedSentence? {
    guard !hasAbstained else { return nil }
    if EchoDetector.abstains(sentence.text) {
      hasAbstained = !hasSupported
      return nil
    }
    guard !echoes.repeats(sentence.text) else {
      echoCount += 1
      return nil
    }
    var seen = Set<Int>()
    let numbers = sentence.numbers.filter { seen.insert($0).inserted }
    let known = numbers.filter { judge.passages.indices.contains($0 &- 1) }.map { $0 - 1 }
    let cited = known.isEmpty ? Array(judge.passages.indices) : known
    let filtered = LinkFilter.filtered(Self.readable(sentence.text)) { text in
      !text.isEmpty && cited.contains { judge.passages[$0].holds(text) }
    }
    guard
      filtered.text.unicodeScalars.contains(where: {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      })
    else { return nil }
    let (verdict, isRealigned) = verdict(on: filtered.text, cited: known)
    var result = GroundedSentence(
      text: filtered.text,
      beginsLine: sentence.beginsLine,
      isSupported: verdict.isSupported,
      score: verdict.score,
      faults: verdict.faults,
      citations: [],
      unknownMarkers: numbers.filter { !judge.passages.indices.contains($0 &- 1) },
      removed: filtered.removed,
      isRealigned: isRealigned
    )
    guard verdict.isSupported else { return result }
    result.citations = try citations(of: verdict.places)
    if result.citations.isEmpty {
      result.isSupported = false
      result.faults = [SupportFault(.passageChanged)]
    } else {
      hasSupported = true
    }
    return result
  }

  /// Judges by the cited passages; where they do not support it, by the others.
  private func verdict(on text: String, cited: [Int]) -> (SupportVerdict, isRealigned: Bool) {
    let claim = FactText(text)
    guard !cited.isEmpty else { return (judge.bestVerdict(on: claim), true) }
    var best = judge.verdict(on: claim, by: cited)
    if !best.isSupported, cited.count > 1 {
      for index in cited {
        let verdict = judge.verdict(on: claim, by: [index])
        if verdict.isSupported { return (verdict, false) }
        if verdict.score > best.score { best = verdict }
      }
    }
    if best.isSupported { return (best, false) }
    let other = judge.bestVerdict(on: claim)
    return other.isSupported ? (other, true) : (best, false)
  }

  /// The citations of places, those that do not hold left out.
  private mutating func citations(of places: [SupportVerdict.Place]) throws -> [Citation] {
    let found = places.map { place in
      let passage = judge.passages[place.passage]
      return Citation(
        marker: 0,
        range: place.range,
        text: passage.text(place.range),
        passage: passage.stored,
        column: ColumnChooser.column(askedFor: question, in: passage.stored.passage)
      )
    }
    let faults = try check?(found) ?? found.map { _ in nil }
    refused += faults.compactMap(\.self)
    return zip(found, faults).filter { $0.1 == nil }.map { citation, _ in
      var citation = citation
      let place = SupportPlace(passage: citation.passage, range: citation.location.characters)
      citation.marker = markers[place] ?? markers.count + 1
      markers[place] = citation.marker
      citation.verified = check != nil
      return citation
    }
  }

  /// The text without signs that steer a terminal or cannot be seen.
  private static func readable(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars
    where scalar == "\u{200C}" || scalar == "\u{200D}"
      || scalar == "\t" || !SafeText.isControl(scalar)
    {
      kept.append(scalar)
    }
    return String(kept)
  }
}
