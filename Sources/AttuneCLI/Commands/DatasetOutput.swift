import Attune
import Datasets

/// A dataset as JSON.
struct DatasetOutput: Encodable {
  let name: String
  let examples: Int
  let candidates: Int
  let kept: Int
  let dropped: Int
  let stale: Int
  let splits: DatasetOverview.Counts
  let origins: [String: Int]
  /// The hash of what would be trained on.
  let version: String
  /// How many examples would be trained on.
  let versionExamples: Int

  init(_ overview: DatasetOverview) {
    name = overview.name
    examples = overview.examples
    candidates = overview.candidates
    kept = overview.kept
    dropped = overview.dropped
    stale = overview.stale
    splits = overview.splits
    origins = overview.origins
    version = overview.version.identifier
    versionExamples = overview.version.exampleCount
  }
}
