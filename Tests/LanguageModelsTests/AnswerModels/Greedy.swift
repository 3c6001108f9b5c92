import Foundation
import LanguageModels
import Tokenizers

/// The likeliest token at each step, taken from whole distributions.
struct Greedy {
  var logProbability = 0.0
  var logProbabilityOfNone = 0.0
  var isFinished = false
  /// How many runs of copied or of written tokens there are.
  var pieces = 0

  init(_ model: AnswerModel, question: String, passage: String, maximumTokens: Int) throws {
    let prompt = AnswerPrompt.windows(
      question: question,
      passage: passage,
      tokenizer: model.tokenizer,
      tokens: model.tokens,
      limits: model.limits
    )[0]
    let pass = try AnswerPass(
      [prompt],
      capacity: maximumTokens + 1,
      network: model.network,
      tokens: model.tokens
    )
    let first = prompt.copyable.lowerBound
    let spelling = (0..<Int32(model.network.configuration.vocabularySize)).map {
      model.tokenizer.token(for: $0) ?? "[]"
    }
    var past: [Int] = []
    var token = model.tokens.start
    var source: Int?
    for step in 0...maximumTokens {
      let row = try pass.advance([.init(prompt: 0, token: token, source: source, past: past)])[0]
      past.append(row.index)
      let words = try pass.vocabularyDistribution(of: row.index).map {
        row.logWrite + log(Double($0))
      }
      if step == 0 { logProbabilityOfNone = words[Int(model.tokens.none)] }
      var best = (score: -Double.infinity, token: Int32(-1), source: Int?.none)
      func consider(_ score: Double, _ token: Int32, _ source: Int? = nil) {
        if score > best.score { best = (score, token, source) }
      }
      let isBetweenWords = source.map { prompt.endsWord[$0 - first] } ?? true
      if step < maximumTokens {
        for position in prompt.copyable {
          let isNext = source.map { $0 + 1 == position } ?? prompt.startsWord[position - first]
          guard isNext else { continue }
          let score = row.logCopy + Double(row.copies[position - first])
          consider(score, prompt.ids[position], position)
        }
        for (id, score) in words.enumerated() where isBetweenWords {
          guard !spelling[id].hasPrefix("["), !(step == 0 && spelling[id].hasPrefix("##")) else {
            continue
          }
          consider(score, Int32(id))
        }
      }
      if step > 0, isBetweenWords { consider(words[Int(model.tokens.end)], model.tokens.end) }
      guard best.token >= 0 else { return }
      logProbability += best.score
      if best.token == model.tokens.end {
        isFinished = true
        return
      }
      if step == 0 || (source == nil) != (best.source == nil) { pieces += 1 }
      (token, source) = (best.token, best.source)
    }
  }
}
