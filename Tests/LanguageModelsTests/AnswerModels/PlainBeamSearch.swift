import Foundation
import LanguageModels
import Tokenizers

/// Beam search written to be read: one answer at a time, each step from whole distributions, nothing
/// left out.
struct PlainBeamSearch {
  struct Path {
    var tokens: [Int32] = []
    var sources: [Int?] = []
    var rows: [Int] = []
    var logProbability = 0.0
  }

  private(set) var finished: [Path] = []
  private(set) var logProbabilityOfNone = 0.0

  private let pass: AnswerPass
  private let prompt: AnswerPrompt
  private let tokens: AnswerTokens
  private let spelling: [String]

  init(
    _ model: AnswerModel,
    question: String,
    passage: String,
    beams: Int,
    maximumTokens: Int
  ) throws {
    tokens = model.tokens
    prompt =
      AnswerPrompt.windows(
        question: question,
        passage: passage,
        tokenizer: model.tokenizer,
        tokens: tokens,
        limits: model.limits
      )[0]
    pass = try AnswerPass(
      [prompt],
      capacity: beams * (maximumTokens + 1),
      network: model.network,
      tokens: tokens
    )
    spelling = (0..<Int32(model.network.configuration.vocabularySize)).map {
      model.tokenizer.token(for: $0) ?? "[]"
    }
    var live = [Path()]
    for step in 0...maximumTokens {
      var candidates: [Path] = []
      for path in live { candidates += try continuations(path, mayGrow: step < maximumTokens) }
      candidates.sort { $0.logProbability > $1.logProbability }
      live = []
      for path in candidates.prefix(beams) {
        if path.tokens.last == tokens.end, path.sources.last == .some(nil) {
          finished.append(path)
        } else {
          live.append(path)
        }
      }
    }
  }

  private mutating func continuations(_ path: Path, mayGrow: Bool) throws -> [Path] {
    let first = prompt.copyable.lowerBound
    let source = path.sources.last ?? nil
    let row = try pass.advance([
      .init(
        prompt: 0,
        token: path.tokens.last ?? tokens.start,
        source: source,
        past: path.rows
      )
    ])[0]
    let words = try pass.vocabularyDistribution(of: row.index).map {
      row.logWrite + log(Double($0))
    }
    let isFirst = path.tokens.isEmpty
    if isFirst { logProbabilityOfNone = words[Int(tokens.none)] }
    var paths: [Path] = []
    func add(_ token: Int32, _ source: Int?, _ logProbability: Double) {
      var next = path
      next.tokens.append(token)
      next.sources.append(source)
      next.rows.append(row.index)
      next.logProbability += logProbability
      paths.append(next)
    }
    let isBetweenWords = source.map { prompt.endsWord[$0 - first] } ?? true
    if isBetweenWords, !isFirst { add(tokens.end, nil, words[Int(tokens.end)]) }
    guard mayGrow else { return paths }
    for position in prompt.copyable {
      let isNext = source.map { $0 + 1 == position } ?? prompt.startsWord[position - first]
      guard isNext else { continue }
      add(prompt.ids[position], position, row.logCopy + Double(row.copies[position - first]))
    }
    for (id, logProbability) in words.enumerated() where isBetweenWords {
      let word = spelling[id]
      guard !word.hasPrefix("["), !(isFirst && word.hasPrefix("##")) else { continue }
      add(Int32(id), nil, logProbability)
    }
    return paths
  }

  /// The log-probabilities of what was found, answers of the same tokens together; best first.
  var logProbabilities: [Double] {
    Dictionary(grouping: finished, by: \.tokens).values.map { paths in
      log(paths.reduce(0) { $0 + exp($1.logProbability) })
    }.sorted(by: >)
  }
}
