import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

/// The layers and heads of answer models, row by row.
@Suite struct AnswerPassTests {
  /// A tiny model and what its twin in PyTorch computes.
  private struct Fixture {
    struct Example: Decodable {
      var name: String
      var ids: [Int32]
      var types: [Int]
      var copyable: [Int]
      var inputs: [Int32]
      var previous: [Int]
      var targets: [Int]
      var aligned: [[Int]]
    }
    private struct File: Decodable { var examples: [Example] }

    let examples: [Example]
    /// P(y) of each row of each example.
    let distribution: [[Float]]
    let logProbabilities: [Float]
    let folder: URL

    init() throws {
      folder = SharedData.packageRoot
        .appendingPathComponent("Tests/FineTuningTests/Fixtures/answer-model")
      examples = try JSONDecoder().decode(
        File.self,
        from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
      ).examples
      let file = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
      let shape = try #require(file.description(of: "distribution")).shape
      distribution = try (0..<shape[0]).map {
        try file.floats("distribution", rows: $0..<$0 + 1)
      }
      logProbabilities = try file.floats("logProbabilities", shape: [shape[0]])
    }

    func network(_ variant: KernelVariant) throws -> AnswerNetwork {
      try AnswerNetwork(
        configuration: BertConfiguration(folder.appendingPathComponent("base/config.json")),
        base: SafetensorsFile(folder.appendingPathComponent("base/model.safetensors")),
        answer: SafetensorsFile(folder.appendingPathComponent("model.safetensors")),
        kernels: KernelSet(variant),
        pool: WorkerPool(threads: 2)
      )
    }

    static let tokens = AnswerTokens(start: 101, end: 102, none: 2)

    static func prompt(_ example: Example) -> AnswerPrompt {
      let copyable = example.copyable[0]..<example.copyable[1]
      return AnswerPrompt(
        ids: example.ids,
        questionCount: example.types.firstIndex(of: 1) ?? example.types.count,
        copyable: copyable,
        scalars: copyable.map { $0..<$0 + 1 }
      )
    }
  }

  @Test(arguments: KernelSet.supported)
  func distributionsAreThoseOfTheTwin(variant: KernelVariant) throws {
    let fixture = try Fixture()
    let prompts = fixture.examples.map { Fixture.prompt($0) }
    let pass = try AnswerPass(
      prompts,
      capacity: fixture.distribution.count,
      network: fixture.network(variant),
      tokens: Fixture.tokens
    )
    // All examples go on together, a token at a time.
    var past = [[Int]](repeating: [], count: prompts.count)
    let first = fixture.examples.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.inputs.count) }
    for step in 0..<(fixture.examples.map(\.inputs.count).max() ?? 0) {
      let alive = fixture.examples.indices.filter { fixture.examples[$0].inputs.count > step }
      let rows = try pass.advance(
        alive.map { index in
          let previous = fixture.examples[index].previous[step]
          return AnswerPass.Input(
            prompt: index,
            token: fixture.examples[index].inputs[step],
            source: previous < 0 ? nil : previous,
            past: past[index]
          )
        }
      )
      for (index, row) in zip(alive, rows) {
        past[index].append(row.index)
        let found = try Self.mixture(row, prompts[index], pass)
        let expected = fixture.distribution[first[index] + step]
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) { #expect(abs(found - expected) <= 1e-4) }
        #expect(abs(found.reduce(0, +) - 1) <= 1e-4)
        // The twin counts a copied target at its aligned places alone.
        let example = fixture.examples[index]
        let copied = example.aligned[step].reduce(0) {
          $0 + exp(row.logCopy + Double(row.copies[$1 - prompts[index].copyable.lowerBound]))
        }
        let written = try pass.vocabularyDistribution(of: row.index)[example.targets[step]]
        let probability = copied + exp(row.logWrite) * Double(written)
        let log = Double(fixture.logProbabilities[first[index] + step])
        #expect(abs(Foundation.log(probability) - log) <= 1e-4)
      }
    }
  }

  /// P(y) over the vocabulary, from copying and writing.
  private static func mixture(
    _ row: AnswerPass.Row,
    _ prompt: AnswerPrompt,
    _ pass: AnswerPass
  ) throws -> [Float] {
    var sum = try pass.vocabularyDistribution(of: row.index).map { $0 * Float(exp(row.logWrite)) }
    for (position, log) in zip(prompt.copyable, row.copies) {
      sum[Int(prompt.ids[position])] += Float(exp(row.logCopy + Double(log)))
    }
    return sum
  }

  @Test(arguments: KernelSet.supported)
  func rowByRowIsTheSameAsOnePassWithTheMask(variant: KernelVariant) throws {
    let tiny = try TinyAnswerModel(seed: 11)
    let model = try tiny.load(variant)
    let reference = AnswerReference(
      weights: try SafetensorsFile(tiny.answer.appendingPathComponent("model.safetensors")),
      base: try SafetensorsFile(tiny.base.appendingPathComponent("model.safetensors")),
      configuration: model.network.configuration
    )
    let prompt = AnswerPrompt.windows(
      question: "the pump?",
      passage: "pumping, the pumps. 42",
      tokenizer: model.tokenizer,
      tokens: model.tokens,
      limits: model.limits
    )[0]
    let first = prompt.copyable.lowerBound
    // Two answers of one prompt that part after a common beginning.
    let beginning: [Int?] = [nil, first + 1]
    let branches: [[Int?]] = [[first + 2, nil, first + 4], [nil, first + 1]]
    let pass = try AnswerPass([prompt], capacity: 16, network: model.network, tokens: model.tokens)
    let token = { (source: Int?) in source.map { prompt.ids[$0] } ?? 20 }
    var shared: [AnswerPass.Row] = []
    for (step, source) in beginning.enumerated() {
      shared += try pass.advance([
        .init(
          prompt: 0,
          token: step == 0 ? model.tokens.start : token(source),
          source: source,
          past: shared.map(\.index)
        )
      ])
    }
    var rows = [shared, shared]
    for step in 0..<3 {
      let alive = branches.indices.filter { branches[$0].count > step }
      let next = try pass.advance(
        alive.map { branch in
          .init(
            prompt: 0,
            token: token(branches[branch][step]),
            source: branches[branch][step],
            past: rows[branch].map(\.index)
          )
        }
      )
      for (branch, row) in zip(alive, next) { rows[branch].append(row) }
    }
    for (branch, rows) in zip(branches, rows) {
      let sources = beginning + branch
      let inputs = sources.enumerated().map { $0 == 0 ? model.tokens.start : token($1) }
      let expected = try reference.rows(prompt, inputs: inputs, sources: sources)
      #expect(rows.count == expected.count)
      for (row, expected) in zip(rows, expected) {
        #expect(abs(exp(row.logCopy) - expected.gate) <= 1e-4)
        #expect(abs(exp(row.logWrite) + exp(row.logCopy) - 1) <= 1e-9)
        for (found, expected) in zip(row.copies, expected.copies) {
          #expect(abs(exp(Double(found)) - expected) <= 1e-4)
        }
        let words = try pass.vocabularyDistribution(of: row.index)
        for (found, expected) in zip(words, expected.words) {
          #expect(abs(Double(found) - expected) <= 1e-4)
        }
      }
    }
  }

  @Test func theLikeliestWordsAreThoseOfTheDistribution() throws {
    let model = try TinyAnswerModel(seed: 3).load()
    let prompt = AnswerPrompt(
      question: "the pump",
      tokenizer: model.tokenizer,
      tokens: model.tokens,
      limits: model.limits
    )
    let pass = try AnswerPass([prompt], capacity: 1, network: model.network, tokens: model.tokens)
    let row = try pass.advance([.init(prompt: 0, token: model.tokens.start)])[0]
    #expect(row.copies.isEmpty && row.logCopy == -.infinity && row.logWrite == 0)
    let allowed = (0..<model.network.configuration.vocabularySize).map { $0 % 3 != 0 }
    let words = try pass.words(of: [row.index], best: 7, mayWrite: allowed)[0]
    let all = try pass.vocabularyDistribution(of: row.index)
    let best = all.indices.filter { allowed[$0] }.sorted { all[$0] > all[$1] }.prefix(7)
    #expect(words.best.map(\.id) == best.map { Int32($0) })
    for (id, log) in words.best { #expect(abs(exp(log) - Double(all[Int(id)])) <= 1e-6) }
    #expect(abs(exp(words.end) - Double(all[Int(model.tokens.end)])) <= 1e-6)
    #expect(abs(exp(words.none) - Double(all[Int(model.tokens.none)])) <= 1e-6)
  }

  @Test func whatIsNotThereIsRefused() throws {
    let model = try TinyAnswerModel(seed: 3).load()
    let prompt = { (ids: [Int32]) in
      AnswerPrompt(ids: ids, questionCount: ids.count, copyable: 0..<0, scalars: [])
    }
    for ids in [[-1], [Int32.max], [Int32](repeating: 6, count: TinyAnswerModel.positions + 1)] {
      #expect(throws: LanguageModelError.self) {
        try AnswerPass([prompt(ids)], capacity: 1, network: model.network, tokens: model.tokens)
      }
    }
    let pass = try AnswerPass(
      [prompt([Int32](repeating: 6, count: TinyAnswerModel.positions - 1))],
      capacity: 2,
      network: model.network,
      tokens: model.tokens
    )
    for input in [
      AnswerPass.Input(prompt: 1, token: 3), .init(prompt: 0, token: 3, past: [0]),
      .init(prompt: 0, token: 3, source: 0), .init(prompt: 0, token: 10_000),
    ] {
      #expect(throws: LanguageModelError.self) { try pass.advance([input]) }
    }
    #expect(throws: LanguageModelError.self) {
      try pass.advance([AnswerPass.Input](repeating: .init(prompt: 0, token: 3), count: 3))
    }
    #expect(throws: LanguageModelError.self) { try pass.words(of: [0], best: 1, mayWrite: []) }
    let row = try pass.advance([.init(prompt: 0, token: 3)])[0]
    // The position behind the last one.
    #expect(throws: LanguageModelError.self) {
      try pass.advance([.init(prompt: 0, token: 7, past: [row.index])])
    }
  }
}
