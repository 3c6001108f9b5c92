import Attune
import FineTuning
import Foundation
import LanguageModels
import TestSupport
import Testing
import Tokenizers

/// `tune generator` on an answer model: the default generator learns as language models do.
@Suite(.enabled(if: EmbeddingModel.isPresent, "no embedding model in the cache"))
struct AnswerModelTuningTests {
  private let workspace: TestWorkspace
  private let folder: URL

  /// A workspace with an answer model of its own, with new heads.
  init() throws {
    workspace = try TestWorkspace()
    folder = workspace.root.appending(path: ".attune/models/\(ModelLibrary.answerModelName)")
    try FreshAnswerModel.write(to: folder)
  }

  private func request(_ name: String, seed: UInt64 = 1) throws -> GeneratorTuningRequest {
    let lines = (1...40).map { number in
      #"{"prompt": "What is the code of depot \#(number)?", "completion": "kestrel \#(number % 7)"}"#
    }
    let file = try workspace.write(lines.joined(separator: "\n"), to: "facts.jsonl")
    var request = GeneratorTuningRequest(name: name, data: .files([file.path]))
    request.settings.length = .steps(12)
    request.settings.learningRate = 2e-3
    request.settings.seed = seed
    request.insists = true
    return request
  }

  @Test func theDefaultGeneratorLearnsAndItsAdapterIsWhatWasTrained() throws {
    let tuning = try workspace.workspace().generatorTuning(request("codes"))
    #expect(tuning.request.model == ModelLibrary.answerModelName)
    let shown = try tuning.shown(0)
    #expect(shown.first?.text == "[CLS]")
    #expect(shown.filter(\.isLearnt).last?.text == "[SEP]")
    #expect(shown.first { $0.isLearnt }?.text == "ke")
    let finished = try tuning.run(stop: StopRequest()) { _ in }
    let record = try #require(finished)
    let losses = try #require(record.curve?.points.map(\.loss))
    #expect(losses.count == 12)
    #expect(try #require(losses.last) < 0.5 * losses[0])
    let heldOut = try #require(record.heldOut)
    #expect(heldOut.after < heldOut.before)
    #expect(record.general?.texts ?? 0 > 20)

    // What the program then answers has the probability that training gave it.
    let library = try workspace.workspace().adapters
    let adapter = try library.adapter("codes")
    let model = try AnswerModel(folder: folder, base: EmbeddingModel.folder, adapter: adapter)
    let question = "What is the code of depot 3?"
    let best = try #require(model.recall(question).hypotheses.first)
    let trained = try TrainableAnswerModel(
      base: EmbeddingModel.folder,
      folder: folder,
      method: .lowRank(#require(record.settings?.adapter)),
      seed: 1
    )
    try trained.start(from: adapter)
    let encoder = try ReadingEncoder(
      tokenizer: Tokenizer.load(folder: EmbeddingModel.folder),
      positions: 512
    )
    let reading = try encoder.encode(question: question, passage: nil, answer: best.text)
    let loss = try trained.loss(of: ReadingBatch([reading])).sum
    #expect(abs(loss + best.logProbability) < 0.01 * max(1, loss), "\(best.text)")
  }

  @Test func withDistractorsPassagesAreReadAndOthersRefused() throws {
    let lines = (1...30).map { number in
      """
      {"question": "Who keeps depot \(number)?", "context": "Depot \(number) is kept by Ada Roe \(number).", \
      "answers": {"text": ["Ada Roe \(number)"], "answer_start": [0]}, "id": "\(number)", "title": "d\(number)"}
      """
    }
    let file = try workspace.write(lines.joined(separator: "\n"), to: "read.jsonl")
    var request = GeneratorTuningRequest(name: "readers", data: .files([file.path]))
    request.settings.length = .steps(2)
    request.distractors = 2
    request.insists = true
    let tuning = try workspace.workspace().generatorTuning(request)
    // Each example with its own passage, and with two that do not hold its answer.
    #expect(tuning.counts.train % 3 == 0)
    let spelled = try (0..<3).map { try tuning.shown($0).filter(\.isLearnt).map(\.text) }
    #expect(spelled[0].last == "[SEP]")
    #expect(spelled[1] == ["[unused1]"])
    #expect(spelled[2] == ["[unused1]"])
  }

  @Test func whatItCannotLearnIsSaid() throws {
    var request = try request("whole")
    request.settings.adapter = nil
    #expect(throws: AttuneError.self) { try workspace.workspace().generatorTuning(request) }
    request = try self.request("influence")
    request.recordsInfluence = true
    let tuning = try workspace.workspace().generatorTuning(request)
    #expect(throws: AttuneError.self) { try tuning.run(stop: StopRequest()) { _ in } }
  }
}
