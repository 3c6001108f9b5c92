import Evaluation

/// The means of the same measurements by two models, and the 95% interval of their difference, clustered
/// by document.
struct PairedMeans {
  let before: Double
  let after: Double
  /// After − before.
  let difference: Double
  /// The ends of the interval; nil where there are too few documents to tell.
  let lower: Double?
  let upper: Double?

  /// - Parameters:
  ///   - before: what the first model measured; nil results where there is nothing.
  ///   - after: what the second measured, in the same order.
  ///   - documents: what each measurement belongs to.
  init?(before: [Double], after: [Double], documents: [String]) {
    guard !before.isEmpty else { return nil }
    self.before = before.reduce(0, +) / Double(before.count)
    self.after = after.reduce(0, +) / Double(after.count)
    difference = self.after - self.before
    let pairs = zip(documents, zip(after, before)).map {
      PairedSample.Pair(cluster: $0, first: $1.0, second: $1.1)
    }
    let interval = try? PairedSample(pairs).meanDifference()
    lower = interval?.lower
    upper = interval?.upper
  }
}
