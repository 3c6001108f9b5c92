import Evaluation
public import Foundation
import Yams

/// Runs experiment files: the claims about quality, each with its data, settings and expected figures.
public struct ExperimentRunner: Sendable {
  /// What can be measured.
  private enum Kind: String, CaseIterable {
    case retrieval, answers
    case embedderTuning = "embedder-tuning"
    case answerModel = "answer-model"
  }

  /// Where indexes of experiment data are kept between runs.
  private let workFolder: URL
  private let progress: @Sendable (String) -> Void

  /// - Parameters:
  ///   - workFolder: Created where missing; may be deleted at any time.
  ///   - progress: Told what is being done, a sentence each.
  public init(workFolder: URL, progress: @escaping @Sendable (String) -> Void = { _ in }) {
    self.workFolder = workFolder
    self.progress = progress
  }

  /// Runs one experiment.
  ///
  /// - Parameters:
  ///   - url: The experiment's file; its data paths count from the current folder.
  ///   - fitting: Whether to choose settings anew on the validation data and report them.
  /// - Returns: The figures measured and the pages that show them.
  /// - Throws: ``AttuneError`` or `EvaluationError` where the file or its data cannot be used.
  public func run(_ url: URL, fitting: Bool = false) throws -> ExperimentReport {
    let experiment = try Self.read(url)
    let collections = ExperimentCollections(workFolder: workFolder, progress: progress)
    switch try kind(of: experiment, in: url) {
    case .retrieval:
      return try RetrievalExperiment(
        experiment: experiment,
        collections: collections,
        progress: progress
      ).run(fitting: fitting)
    case .embedderTuning:
      return try TuningExperiment(
        experiment: experiment,
        collections: collections,
        progress: progress
      ).run(fitting: fitting)
    case .answerModel:
      return try AnswerModelExperiment(
        experiment: experiment,
        collections: collections,
        progress: progress
      ).run(fitting: fitting)
    case .answers:
      return try AnswersExperiment(
        experiment: experiment,
        collections: collections,
        progress: progress
      ).run(fitting: fitting)
    }
  }

  /// Reads an experiment file.
  static func read(_ url: URL) throws -> Experiment {
    do {
      let experiment = try YAMLDecoder().decode(
        Experiment.self,
        from: String(contentsOf: url, encoding: .utf8)
      )
      try experiment.check()
      return experiment
    } catch let error as EvaluationError {
      throw error
    } catch {
      throw AttuneError(
        .experimentInvalid,
        "The experiment cannot be read.",
        subject: url.path,
        cause: "\(error)",
        remedy: "Check the path and the file; Experiments/README.md shows the form."
      )
    }
  }

  private func kind(of experiment: Experiment, in url: URL) throws -> Kind {
    guard case .text(let name)? = experiment.settings["kind"], let kind = Kind(rawValue: name)
    else {
      throw AttuneError(
        .experimentInvalid,
        "The experiment does not say what it measures.",
        subject: url.path,
        remedy:
          "Set settings.kind to one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return kind
  }
}
