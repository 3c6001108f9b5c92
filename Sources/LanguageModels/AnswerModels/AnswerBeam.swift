/// The search for answers to one prompt.
///
/// A token is copied from the passage, or written from the vocabulary. Copied runs are contiguous:
/// behind a copied token comes the next one of the passage, a written token, or the end; another run
/// can begin only at the front or behind a written token. Runs begin and end between words. The end
/// of an answer takes a place among the best continuations like any other, so that with one beam the
/// search is greedy.
struct AnswerBeam: Sendable {
  private enum Step {
    case token(AnswerBranch.Token)
    case end
  }

  private struct Candidate {
    var branch: Int
    var step: Step
    var logProbability: Double
  }

  private let prompt: AnswerPrompt
  private let vocabulary: AnswerVocabulary
  private let beams: Int
  private let maximumTokens: Int
  private let margin: Double
  /// Steps of copying, by branch, after ``take(_:)``.
  private var copies: [Candidate] = []
  private var rows: [AnswerPass.Row] = []

  /// The unfinished answers, best first.
  private(set) var live = [AnswerBranch()]
  /// The finished ones, in the order in which they were.
  private(set) var finished: [AnswerBranch] = []
  private(set) var logProbabilityOfNone = -Double.infinity

  init(
    _ prompt: AnswerPrompt,
    vocabulary: AnswerVocabulary,
    settings: AnswerDecoding,
    maximumTokens: Int
  ) {
    self.prompt = prompt
    self.vocabulary = vocabulary
    self.maximumTokens = maximumTokens
    beams = settings.usableBeams
    margin = max(settings.margin, 0)
  }

  /// What is below this is given up.
  private var floor: Double {
    (finished.map(\.logProbability) + [logProbabilityOfNone]).reduce(-.infinity, max) - margin
  }

  /// Takes a row for each live branch.
  ///
  /// - Returns: which of the branches need to know the vocabulary's say. The others' end and written
  ///   tokens could not come among the best, so that leaving them out changes nothing.
  mutating func take(_ rows: [AnswerPass.Row]) -> [Int] {
    self.rows = rows
    for index in live.indices { live[index].rows.append(rows[index].index) }
    copies = live.indices.flatMap { copyCandidates($0) }
    let floor = floor
    let best = copies.map(\.logProbability).sorted(by: >)
    let bar = best.count >= beams ? best[beams - 1] : -.infinity
    return live.indices.filter { index in
      if live[index].tokens.isEmpty { return true }
      let most = live[index].logProbability + rows[index].logWrite
      return isBetweenWords(live[index]) && most >= floor && most >= bar
    }
  }

  /// Goes on with what the vocabulary says to the branches that ``take(_:)`` has named.
  mutating func advance(_ words: [(branch: Int, words: AnswerPass.Words)]) {
    var candidates = copies
    for (branch, words) in words { candidates += written(branch, words) }
    let before = floor
    let order = candidates.indices.filter {
      candidates[$0].logProbability.isFinite && candidates[$0].logProbability >= before
    }.sorted {
      (candidates[$1].logProbability, $0) < (candidates[$0].logProbability, $1)
    }
    var next: [AnswerBranch] = []
    for index in order.prefix(beams) {
      let candidate = candidates[index]
      var branch = live[candidate.branch]
      branch.logProbability = candidate.logProbability
      switch candidate.step {
      case .end: finished.append(branch)
      case .token(let token):
        branch.tokens.append(token)
        next.append(branch)
      }
    }
    let after = floor
    live = next.filter { $0.logProbability >= after }
    copies = []
  }

  private func isBetweenWords(_ branch: AnswerBranch) -> Bool {
    branch.source.map { prompt.endsWord[$0 - prompt.copyable.lowerBound] } ?? true
  }

  private func copyCandidates(_ index: Int) -> [Candidate] {
    let branch = live[index]
    guard branch.tokens.count < maximumTokens else { return [] }
    let first = prompt.copyable.lowerBound
    let row = rows[index]
    let candidate = { (position: Int) in
      Candidate(
        branch: index,
        step: .token(.init(id: prompt.ids[position], source: position)),
        logProbability: branch.logProbability + row.logCopy + Double(row.copies[position - first])
      )
    }
    if let source = branch.source {
      return prompt.copyable.contains(source + 1) ? [candidate(source + 1)] : []
    }
    return prompt.copyable.filter { prompt.startsWord[$0 - first] }.map(candidate)
  }

  private mutating func written(_ index: Int, _ words: AnswerPass.Words) -> [Candidate] {
    let branch = live[index]
    let base = branch.logProbability + rows[index].logWrite
    let isFirst = branch.tokens.isEmpty
    if isFirst { logProbabilityOfNone = base + words.none }
    var candidates: [Candidate] = []
    if !isFirst {
      candidates.append(Candidate(branch: index, step: .end, logProbability: base + words.end))
    }
    guard branch.tokens.count < maximumTokens else { return candidates }
    for (id, logProbability) in words.best where !(isFirst && vocabulary.continuesWord(id)) {
      candidates.append(
        Candidate(
          branch: index,
          step: .token(.init(id: id)),
          logProbability: base + logProbability
        )
      )
    }
    return candidates
  }
}
