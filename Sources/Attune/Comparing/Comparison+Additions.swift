import Evaluation
import FineTuning
import Foundation

extension Comparison {
  /// What a comparison may have beside the arms.
  struct Additions {
    var learning: LearningReport?
    var freshness: FreshnessReport?
    var remarks: [String] = []
  }

  /// Measures learning curve and freshness where they are asked for; nil where it was stopped. What goes
  /// wrong with them stands in the remarks: the arms have their report.
  func additions(
    to report: ComparisonReport,
    _ runs: [ArmRun],
    stop: StopRequest,
    progress: (ComparisonPhase) throws -> Void
  ) async throws -> Additions? {
    var parts = Additions()
    func note(_ error: any Error, _ what: String) throws {
      if let stop = error as? ComparisonStop { throw stop.cause }
      let told = ErrorDescription(error)
      parts.remarks.append("\(what) was not measured: \(told.reason) \(told.remedy)")
    }
    if request.measuresLearning {
      do {
        let best = Self.best(report)
        let run = LearningRun(self)
        guard let found = try await run.report(runs, best: best, stop: stop, progress: progress)
        else { return nil }
        parts.learning = found.report
        parts.remarks += found.remarks
      } catch {
        try note(error, "The learning curve")
      }
    }
    if let changes = request.changes {
      do {
        let run = FreshnessRun(self, changes: URL(fileURLWithPath: changes))
        guard let found = try await run.report(runs, stop: stop, progress: progress) else {
          return nil
        }
        parts.freshness = found
      } catch {
        try note(error, "Freshness")
      }
    }
    return parts
  }

  /// The arm with the largest share of right answers.
  private static func best(_ report: ComparisonReport) -> (title: String, right: Double)? {
    report.arms.compactMap { arm in
      arm.measure(.right).map { (title: arm.arm.title, right: $0.mean) }
    }.max { $0.right < $1.right }
  }
}
