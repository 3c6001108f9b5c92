/// What an advice weighs. Each gives an arm a score from 0 to 1, higher being better.
///
/// A share (quality, freshness, transparency) differs between arms only as far as a difference was
/// shown: ``ShownLevels`` says how arms come to share a score. Times and money are taken as measured,
/// on logarithmic scales.
public enum AdviceCriterion: String, Codable, CaseIterable, Sendable {
  /// Share of right answers (``Measure/right``). Shown to be better: the verdict of the pair.
  case quality
  /// Share of changed facts on which the new answer is given right after a sync. Shown: the intervals
  /// do not overlap.
  case freshness
  /// Share of given answers that lead back to a place in a source. Shown: Wilson's intervals over the
  /// answers do not overlap.
  case transparency
  /// By the median seconds t of an answer: 1 − (log₁₀ t + 1)/2, so 1 up to 0.1 s and 0 from 10 s.
  case latency
  /// By what a right answer costs, c: 1 − log₁₀(c/least c)/2, so 1 for the arm that costs least and 0
  /// from a hundred times as much. It is money where all arms have it in one currency, else machine
  /// seconds, of one answer over the score in quality, so that differences in quality that were not
  /// shown do not count.
  case cost
  /// By the machine seconds e to bring the arm about and keep it up to date for 30 days: 1 − log₁₀(e)/5,
  /// so 1 up to a second and 0 from 28 hours. Indexing + training + 30 · changes a day · (sync, for an
  /// arm that reads documents + retraining, for one that is tuned and reads none); where the rate of
  /// changes is not known, bringing it about alone.
  case effort
}
