import Datasets
public import Foundation
import Knowledge
import Store

extension Workspace {
  /// Makes examples from the documents, each with the place that it comes from, and adds them to a
  /// dataset.
  ///
  /// Without a generator they are made by patterns: nothing is loaded. Asked for again, it makes
  /// others than those that the dataset holds.
  ///
  /// - Parameters:
  ///   - request: What is to be made.
  ///   - dataset: The dataset, made where it is missing.
  ///   - time: Seconds since 1970.
  ///   - progress: Takes how many examples there are so far.
  /// - Returns: How much was made.
  /// - Throws: ``AttuneError`` where there is nothing to make examples from, or no generator where one
  ///   is to write; what searching and generating throw.
  public func synthesizeExamples(
    _ request: SynthesisRequest,
    into dataset: String = defaultDataset,
    at time: Double = Date().timeIntervalSince1970,
    progress: (Int) -> Void = { _ in }
  ) async throws -> SynthesisReport {
    try Self.checkDatasetName(dataset)
    guard request.count > 0, request.perPassage > 0, (0...100).contains(request.distractors) else {
      throw DatasetError(
        .invalidValue,
        "Examples, and those of one passage, are counted from 1; distractors are 0 to 100.",
        subject: "\(request.count)",
        remedy: "Give figures such as --count 200 and --context 4."
      )
    }
    let generator = request.usesGenerator ? try generator() : nil
    if request.usesGenerator, generator == nil {
      throw AttuneError(
        .modelMissing,
        "No generator is configured.",
        subject: layout.configuration.path,
        remedy: "Set models.generator in attune.yaml, or make examples without --generator."
      )
    }
    let session = request.distractors > 0 ? try session(generates: false) : nil
    let store = try session?.store ?? store()
    let names = Set(try store.sources().map(\.name))
    if let unknown = request.sources.first(where: { !names.contains($0) }) {
      throw AttuneError(
        .sourceUnknown,
        "There is no source “\(unknown)”.",
        subject: unknown,
        remedy: "attune sources lists them."
      )
    }
    let known = Set(try store.examples(in: dataset, matching: .init()).map(\.id))
    let made = try await DatasetSynthesis(store: store, request: request).run(
      known: known,
      session: session,
      generator: generator,
      progress: progress
    )
    guard made.passages > 0 else {
      throw AttuneError(
        .nothingIndexed,
        "There are no documents to make examples from.",
        subject: layout.root.path,
        remedy: "Take something in: attune add <folder or database>"
      )
    }
    return SynthesisReport(
      dataset: dataset,
      passages: made.passages,
      added: try store.add(made.examples, to: dataset, at: time),
      refused: made.refused
    )
  }
}
