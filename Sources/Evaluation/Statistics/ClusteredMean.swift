/// How the variance of a mean over clusters is corrected for there being few of them.
public enum ClusterCorrection: String, Codable, Sendable {
  /// Factor G/(G − 1) and t with G − 1 degrees of freedom (Liang & Zeger 1986,
  /// doi:10.1093/biomet/73.1.13; Cameron & Miller 2015, doi:10.3368/jhr.50.2.317).
  case liangZeger = "liang-zeger"
  /// Each cluster's residual divided by √(1 − n_g/n), which makes the variance unbiased, and
  /// Satterthwaite's degrees of freedom (CR2 of Bell & McCaffrey 2002, Survey Methodology 28:169;
  /// Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004). The same as the other where all
  /// clusters are of one size; truer where they are not.
  case bellMcCaffrey = "bell-mccaffrey"
}

/// The mean of clustered values with its cluster-robust variance.
struct ClusteredMean {
  /// A cluster's share in the sums.
  struct Cluster: Sendable {
    var count = 0
    var sum = 0.0
  }

  let mean: Double
  /// Of the mean.
  let variance: Double
  let degreesOfFreedom: Double

  /// Measures two clusters or more, none of them empty.
  init(_ clusters: [Cluster], correction: ClusterCorrection) {
    precondition(clusters.count >= 2, "a variance over clusters needs two of them")
    let total = Double(clusters.reduce(0) { $0 + $1.count })
    let mean = clusters.reduce(0) { $0 + $1.sum } / total
    let groups = Double(clusters.count)
    var squares = 0.0
    // Sums over clusters of n_g², b_g and b_g², for Satterthwaite's (tr P)² / tr(P²), where P is the
    // covariance of the clusters' terms if questions were independent: n_g/n² on the diagonal, and
    // √(b_g·b_h) beside it.
    var (sizes, beside, besideSquared) = (0.0, 0.0, 0.0)
    for cluster in clusters {
      let size = Double(cluster.count)
      let residual = cluster.sum - size * mean
      let leverage = 1 - size / total
      switch correction {
      case .liangZeger: squares += groups / (groups - 1) * residual * residual
      case .bellMcCaffrey: squares += residual * residual / leverage
      }
      let share = size * size / (leverage * total)
      sizes += size * size
      beside += share
      besideSquared += share * share
    }
    self.mean = mean
    variance = squares / (total * total)
    switch correction {
    case .liangZeger: degreesOfFreedom = groups - 1
    case .bellMcCaffrey:
      degreesOfFreedom = total * total / (sizes + beside * beside - besideSquared)
    }
  }
}
