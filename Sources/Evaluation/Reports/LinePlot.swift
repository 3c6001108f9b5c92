/// A line plot with axes, ticks and a legend.
public struct LinePlot: Hashable, Sendable {
  /// One line of the plot.
  public struct Series: Hashable, Sendable {
    public var name: String
    public var points: [Point]

    public init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A point in the units of the axes.
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  public var title: String
  public var xLabel: String
  public var yLabel: String
  public var series: [Series]

  public init(title: String, xLabel: String, yLabel: String, series: [Series]) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
  }
}

extension LinePlot {
  /// The risk–coverage curves of several ways of answering.
  public init(title: String, curves: [(name: String, curve: RiskCoverageCurve)]) {
    self.init(
      title: title,
      xLabel: "coverage (share of questions answered)",
      yLabel: "risk (share of answers wrong)",
      series: curves.map { name, curve in
        Series(name, curve.points.map { Point(x: $0.coverage, y: $0.risk) })
      }
    )
  }
}
