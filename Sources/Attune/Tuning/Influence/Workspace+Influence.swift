import Answering
import Datasets
import FineTuning
import Foundation
import LanguageModels

extension Workspace {
  /// The training examples that shaped most what a tuned generator answered, the strongest first.
  ///
  /// Loads the generator: takes as long as the first word of an answer.
  ///
  /// - Parameters:
  ///   - view: the answer.
  ///   - count: how many examples.
  /// - Returns: the examples; nil where the answer was not written by a tuned generator that is still
  ///   there, where its training did not record influence, or where the answer's text is gone.
  /// - Throws: `FineTuningError` where what was recorded is damaged, and what is wrong with the model.
  public func trainingExamples(
    behind view: TraceView,
    count: Int = 5
  ) throws -> [TrainingInfluence]? {
    guard let shown = view.answer, let name = tunedGenerator(of: view.trace) else { return nil }
    let record = try adapters.record(of: name)
    let folder = TuningInfluence.place(in: adapters.place(of: name))
    guard let settings = record.settings, let adapter = settings.adapter,
      InfluenceIndex.exists(in: folder)
    else { return nil }
    let model = try ModelLibrary(near: layout.root).languageModel(named: record.baseModel)
    let encoder = ChatExampleEncoder(
      model,
      maximumTokens: settings.maximumTokens,
      now: Date(timeIntervalSince1970: 0)
    )
    let text = Self.unmarked(shown, view.citations)
    let encoded = try FittedExamples(
      [encoder.encode(Example(question: view.question, answer: text, origin: .asked))],
      maximumTokens: settings.maximumTokens,
      overlong: .cut
    )
    let top = try InfluenceIndex(folder: folder).topExamples(
      of: PackedSequence(encoded.examples),
      by: TrainableDecoder(model.decoder, method: .lowRank(adapter), seed: settings.seed),
      count: count
    )
    return try top.map { try described($0, dataset: record.dataset) }
  }

  /// The adapter that an answer's generator had, if it is still there.
  private func tunedGenerator(of trace: AnswerTrace) -> String? {
    guard let mark = trace.generator.range(of: " + ", options: .backwards) else { return nil }
    let name = String(trace.generator[mark.upperBound...])
    return (try? adapters.record(of: name))?.role == .generator ? name : nil
  }

  /// An answer without the marks of its citations, as it would be learnt from.
  private static func unmarked(_ answer: String, _ citations: [Citation]) -> String {
    let text = answer.replacing(" \(GroundedSentence.unsupportedMark)", with: "")
    return citations.reduce(text) { $0.replacing(" [\($1.marker)]", with: "") }
  }

  /// Looks for an example in the dataset that was trained on, then in the others.
  private func described(
    _ example: InfluentialExample,
    dataset: String?
  ) throws -> TrainingInfluence {
    var result = TrainingInfluence(id: example.identifier, score: example.score)
    let names = try datasets().map(\.name).sorted {
      ($0 != dataset ? 1 : 0, $0) < ($1 != dataset ? 1 : 0, $1)
    }
    for name in names {
      guard let stored = try? self.example(example.identifier, in: name) else { continue }
      result.dataset = name
      result.question = stored.example?.question
      result.answer = stored.example?.answer
      result.place = stored.example?.source?.place
      break
    }
    return result
  }
}
