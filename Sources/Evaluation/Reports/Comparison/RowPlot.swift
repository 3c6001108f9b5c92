/// Shares from 0 to 100% as rows: dots with whiskers, bars, or stacked bars, each with its figure.
struct RowPlot {
  /// What a row draws.
  enum Mark {
    /// A mean and its interval.
    case whisker(MeasuredShare, isHollow: Bool)
    /// A bar of one of three tints: 0 is the darkest.
    case bar(MeasuredShare, tint: Int)
    /// Parts of a whole, by tints.
    case stack([Double])
  }

  struct Row {
    var name: String
    var label: String
    var mark: Mark
  }

  /// An arm with its rows. A single row without a name stands under the arm's own name.
  struct Group {
    var arm: ReportArm
    var rows: [Row]
  }

  var id: String
  var title: String
  var groups: [Group]

  func svg() -> String {
    let isInline = groups.contains { $0.rows.contains { !$0.name.isEmpty } }
    let track = isInline ? Track(left: 124, right: 288) : Track(left: 1, right: 396)
    let height = groups.reduce(0) { sum, group in
      sum + Metrics.heading + Metrics.row * Double(group.rows.count) + Metrics.gap
    }
    var drawing = Drawing(
      id: id,
      title: title,
      description: description,
      height: height + Metrics.axis
    )
    var y = 0.0
    for group in groups {
      drawing.badge(group.arm, x: Drawing.badgeRadius + 1, y: y + 14)
      // What the figure beside it leaves of the line, at the width of a bold letter.
      let taken = isInline ? 0 : group.rows.first?.label.count ?? 0
      let room = max(8, (40 - taken) * 8 / 9)
      drawing.text(PageText.cut(group.arm.title, to: room), x: 28, y: y + 19, style: "name")
      if !isInline, let label = group.rows.first?.label {
        drawing.text(label, x: 396, y: y + 19, anchor: "end", style: "figure")
      }
      y += Metrics.heading
      for row in group.rows {
        if isInline {
          drawing.text(row.name, x: track.left - 8, y: y + 17, anchor: "end", style: "soft")
          drawing.text(row.label, x: 396, y: y + 17, anchor: "end", style: "figure")
        }
        track.draw(row.mark, style: group.arm.style, top: y, in: &drawing)
        y += Metrics.row
      }
      y += Metrics.gap
    }
    for share in [0, 0.25, 0.5, 0.75, 1] where !isInline || share != 0.25 && share != 0.75 {
      drawing.text(
        FigureText.percent(share),
        x: track.x(share),
        y: height + 12,
        anchor: isInline || share > 0 && share < 1 ? "middle" : share == 0 ? "start" : "end",
        style: "tick"
      )
    }
    return drawing.svg()
  }

  private var description: String {
    groups.map { group in
      "\(group.arm.title): "
        + group.rows.map { $0.name.isEmpty ? $0.label : "\($0.name) \($0.label)" }
        .joined(separator: ", ")
    }.joined(separator: "; ") + "."
  }

  private enum Metrics {
    static let heading = 28.0
    static let row = 24.0
    static let gap = 8.0
    static let axis = 22.0
  }

  /// The band that marks stand in.
  private struct Track {
    var left: Double
    var right: Double

    func x(_ share: Double) -> Double {
      left + (right - left) * (share.isFinite ? min(1, max(0, share)) : 0)
    }

    func draw(_ mark: Mark, style: String, top: Double, in drawing: inout Drawing) {
      let (y, height) = (top + 4, 16.0)
      drawing.rectangle(x: left, y: y, width: right - left, height: height, style: "rest")
      for share in [0.25, 0.5, 0.75] {
        drawing.line(x1: x(share), y1: y, x2: x(share), y2: y + height, style: "grid")
      }
      switch mark {
      case .whisker(let share, let isHollow):
        whisker(share.interval, y: y + height / 2, style: style, in: &drawing)
        if share.mean.isFinite {
          drawing.dot(
            x: x(share.mean),
            y: y + height / 2,
            radius: 6,
            style: isHollow ? "hollow \(style)" : "fill \(style)"
          )
        }
      case .bar(let share, let tint):
        drawing.rectangle(
          x: left,
          y: y,
          width: x(share.mean) - left,
          height: height,
          style: "fill \(style) t\(tint)"
        )
        whisker(share.interval, y: y + height / 2, style: "ink", in: &drawing)
      case .stack(let shares):
        var from = 0.0
        for (tint, share) in shares.enumerated() where share.isFinite && share > 0 {
          drawing.rectangle(
            x: x(from),
            y: y,
            width: x(from + share) - x(from),
            height: height,
            style: "part p\(tint)"
          )
          from += share
        }
      }
    }

    private func whisker(
      _ interval: Interval?,
      y: Double,
      style: String,
      in drawing: inout Drawing
    ) {
      guard let interval, interval.lower.isFinite, interval.upper.isFinite else { return }
      let (from, to) = (x(interval.lower), x(interval.upper))
      drawing.line(x1: from, y1: y, x2: to, y2: y, style: "whisker \(style)")
      for end in [from, to] {
        drawing.line(x1: end, y1: y - 4, x2: end, y2: y + 4, style: "whisker \(style)")
      }
    }
  }
}
