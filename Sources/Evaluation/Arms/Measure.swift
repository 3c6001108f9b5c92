/// What is measured of an answer. Every score lies between 0 and 1; it is higher where the answer is
/// better, but for ``abstainedWrongly``.
public enum Measure: String, Codable, CaseIterable, Sendable {
  /// The answer holds an accepted answer; where the data hold none, the arm abstains; where a
  /// calculation is wanted, it says so. The measure that verdicts are about.
  case right
  /// Exact match, F1 over words and ROUGE-L of the answer, on questions with an accepted answer.
  case exact, f1, rougeL = "rouge-l"
  /// Abstains where the data hold no answer.
  case abstainedRightly = "abstained-rightly"
  /// Abstains where they do.
  case abstainedWrongly = "abstained-wrongly"
  /// Share of an answer's citations that overlap a place which holds the answer, and share of the
  /// places needed that are cited; of given answers to questions that name places.
  case citationPrecision = "citation-precision", citationRecall = "citation-recall"
  /// Share of the answer that its cited sources hold.
  case supported
  /// Share of the company's own terms in the accepted answer that the answer uses.
  case terminology
  /// Whether all wordings and seeds of a fact get the same answer.
  case stability
}
