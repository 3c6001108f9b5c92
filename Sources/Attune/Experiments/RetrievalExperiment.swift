import Evaluation
import Foundation
import Knowledge

/// Measures dense, lexical and hybrid search on a public pool and on the example company.
struct RetrievalExperiment {
  let experiment: Experiment
  let collections: ExperimentCollections
  let progress: @Sendable (String) -> Void

  private static let depth = 10
  /// Passages searched for, so that ten distinct documents are among them.
  private static let passageDepth = 60
  /// Weights tried when fitting.
  private static let denseWeights = stride(from: 0.55, through: 0.96, by: 0.05).map { $0 }
  private static let summaryWeights = [0.0, 0.1, 0.2, 0.3]
  /// Validation queries of the pool used for fitting; those of the example are all used.
  private static let fittingQueries = 400

  /// One set of queries on one collection.
  private struct Trial {
    let name: String
    let session: WorkspaceSession
    let queries: [RetrievalQuery]
  }

  /// The measures of one arm, one figure per query.
  private struct Measures {
    var nDCG: [Double] = []
    var recall: [Double] = []
  }

  func run(fitting: Bool) throws -> ExperimentReport {
    let trials = try trials(split: "test")
    var report = ExperimentReport(
      outcome: ExperimentOutcome(experiment: experiment, figures: [:]),
      tables: [],
      plots: [:],
      remarks: []
    )
    var settings = SearchSettings()
    if fitting {
      settings = try fit(report: &report)
      report.remarks.append(
        "Chosen on validation: dense weight \(settings.denseWeight), summary weight "
          + "\(settings.summaryWeight)."
      )
    }
    for trial in trials { try measure(trial, settings: settings, report: &report) }
    return report
  }

  // MARK: Data

  private func trials(split: String) throws -> [Trial] {
    var trials: [Trial] = []
    if let folder = path("pool") {
      let session = try collections.pool(at: folder, named: "pool")
      let clusters = try ClusterFile(folder.appending(path: "queries.jsonl")).clusters
      let data = try BEIRDataset(reading: folder, split: split)
      let queries = data.queries.filter { !$0.grades.isEmpty }.map { query in
        RetrievalQuery(
          id: query.id,
          text: query.text,
          cluster: clusters[query.id] ?? query.id,
          grades: Dictionary(
            uniqueKeysWithValues: query.grades.map { ("pool/\($0.key)", $0.value) }
          )
        )
      }
      trials.append(Trial(name: "pool", session: session, queries: try embed(queries, session)))
    }
    if let folder = path("example") {
      let session = try collections.example(at: folder, named: "example")
      let questions = try QuestionFile.read(
        folder.appending(path: "questions").appending(path: "questions.jsonl")
      )
      let queries = questions.filter { $0.split == split && $0.isAnswerable && !$0.places.isEmpty }
        .map { question in
          RetrievalQuery(
            id: question.id,
            text: question.question,
            cluster: question.cluster,
            grades: RelevanceKeys.keys(of: question)
          )
        }
      trials.append(Trial(name: "example", session: session, queries: try embed(queries, session)))
    }
    return trials
  }

  private func path(_ name: String) -> URL? {
    guard case .text(let path)? = experiment.data[name] else { return nil }
    return URL(fileURLWithPath: path)
  }

  private func embed(
    _ queries: [RetrievalQuery],
    _ session: WorkspaceSession
  ) throws -> [RetrievalQuery] {
    let vectors = try session.embedder.embed(queries.map { EmbeddingInput(text: $0.text) })
    return zip(queries, vectors).map { query, embedded in
      var query = query
      query.vector = embedded.vector
      return query
    }
  }

  // MARK: Measuring

  private func measures(
    of queries: [RetrievalQuery],
    in session: WorkspaceSession,
    settings: SearchSettings
  ) throws -> Measures {
    let searcher = Searcher(store: session.store, embedder: session.embedder, settings: settings)
    var measures = Measures()
    for query in queries {
      let hits = try searcher.search(query.text, vector: query.vector, limit: Self.passageDepth)
      var seen: Set<String> = []
      let ranked = hits.map { RelevanceKeys.key(of: $0.passage) }.filter {
        seen.insert($0).inserted
      }
      measures.nDCG.append(
        RankingMetrics.nDCG(ranked: ranked, grades: query.grades, at: Self.depth)
      )
      measures.recall.append(
        RankingMetrics.recall(ranked: ranked, grades: query.grades, at: Self.depth)
      )
    }
    return measures
  }

  private func measure(
    _ trial: Trial,
    settings: SearchSettings,
    report: inout ExperimentReport
  ) throws {
    var results: [(arm: RetrievalArm, measures: Measures)] = []
    for arm in RetrievalArm.all(from: settings) {
      progress("\(trial.name): \(arm.name) on \(trial.queries.count) questions")
      results.append(
        (arm, try measures(of: trial.queries, in: trial.session, settings: arm.settings))
      )
    }
    var table = TextTable(columns: [
      .init("arm"), .init("nDCG@10", .trailing), .init("recall@10", .trailing),
    ])
    for (arm, measures) in results {
      let nDCG = average(measures.nDCG)
      let recall = average(measures.recall)
      report.outcome.figures["\(trial.name).\(arm.name).ndcg@10"] = nDCG
      report.outcome.figures["\(trial.name).\(arm.name).recall@10"] = recall
      table.rows.append([arm.name, format(nDCG), format(recall)])
    }
    let clusters = Set(trial.queries.map(\.cluster)).count
    report.tables.append(
      ("\(trial.name): \(trial.queries.count) questions over \(clusters) documents", table)
    )
    try compare(results, trial: trial, report: &report)
  }

  private func compare(
    _ results: [(arm: RetrievalArm, measures: Measures)],
    trial: Trial,
    report: inout ExperimentReport
  ) throws {
    var table = TextTable(columns: [
      .init("difference in nDCG@10"), .init("mean", .trailing), .init("95% interval", .trailing),
      .init("p (sign flip)", .trailing),
    ])
    for (better, worse) in [(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)] {
      let pairs = trial.queries.indices.map { index in
        PairedSample.Pair(
          cluster: trial.queries[index].cluster,
          first: results[better].measures.nDCG[index],
          second: results[worse].measures.nDCG[index]
        )
      }
      let comparison = try PairedComparison(PairedSample(pairs), seed: experiment.seed)
      let name = "\(results[better].arm.name) − \(results[worse].arm.name)"
      let difference = comparison.difference
      report.outcome.figures[
        "\(trial.name).\(results[better].arm.name)-\(results[worse].arm.name).lower95"
      ] =
        difference.lower
      table.rows.append([
        name, format(difference.mean), "\(format(difference.lower)) to \(format(difference.upper))",
        format(comparison.signFlip.pValue),
      ])
    }
    report.tables.append(("\(trial.name): paired differences, clustered by document", table))
  }

  // MARK: Fitting

  /// One pair of weights with its nDCG@10 on each collection's validation questions.
  private struct FittingPoint {
    let settings: SearchSettings
    let means: [Double]
    let standardErrors: [Double]

    var mean: Double { means.reduce(0, +) / Double(means.count) }
    var standardError: Double {
      standardErrors.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(means.count)
    }
  }

  /// The weights chosen on validation questions, each collection counting the same.
  ///
  /// Not simply the best: among the weights within one standard error of the best, the one that
  /// listens most to words. Validation questions were asked of a search engine, without the passage in
  /// view, and favour meaning over words more than other users' questions do.
  private func fit(report: inout ExperimentReport) throws -> SearchSettings {
    let trials = try trials(split: "validation")
    var points: [FittingPoint] = []
    for denseWeight in Self.denseWeights {
      for summaryWeight in Self.summaryWeights {
        let settings = SearchSettings(
          mode: .hybrid,
          denseWeight: (denseWeight * 100).rounded() / 100,
          summaryWeight: summaryWeight
        )
        progress("validation: dense weight \(format(denseWeight)), summary weight \(summaryWeight)")
        let values = try trials.map { trial in
          try measures(
            of: Array(trial.queries.prefix(Self.fittingQueries)),
            in: trial.session,
            settings: settings
          ).nDCG
        }
        points.append(
          FittingPoint(
            settings: settings,
            means: values.map(average),
            standardErrors: values.map(standardError)
          )
        )
      }
    }
    report.tables.append(("Validation", fittingTable(points, trials: trials)))
    guard let best = points.max(by: { $0.mean < $1.mean }) else { return SearchSettings() }
    let close = points.filter { $0.mean >= best.mean - best.standardError }
    let lowest = close.map(\.settings.denseWeight).min()
    return close.filter { $0.settings.denseWeight == lowest }
      .max { $0.mean < $1.mean }?.settings ?? best.settings
  }

  private func fittingTable(_ points: [FittingPoint], trials: [Trial]) -> TextTable {
    TextTable(
      columns: [.init("dense weight", .trailing), .init("summary weight", .trailing)]
        + trials.map { TextTable.Column("\($0.name) nDCG@10", .trailing) }
        + [.init("mean", .trailing), .init("standard error", .trailing)],
      rows: points.map { point in
        [format(point.settings.denseWeight), format(point.settings.summaryWeight)]
          + point.means.map(format) + [format(point.mean), format(point.standardError)]
      }
    )
  }

  private func standardError(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = average(values)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (variance / Double(values.count)).squareRoot()
  }

  private func average(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private func format(_ value: Double) -> String { String(format: "%.4f", value) }
}
