/// Points or lines of several arms between two axes, each marked with its arm's letter.
struct AxisPlot {
  struct Point {
    var x: Double
    var y: Double
    var interval: Interval?
  }

  /// An arm's points, by growing x; joined where it is a line.
  struct Series {
    var arm: ReportArm
    var points: [Point]
    var isLine: Bool
  }

  /// A value of x that matters, as an upright line with its name.
  struct Marker {
    var x: Double
    var name: String
    /// The style class of the line.
    var style: String
  }

  var id: String
  var title: String
  var description: String
  var xLabel: String
  var yLabel: String
  var x: AxisScale
  var y: AxisScale
  var xTick: (Double) -> String
  var yTick: (Double) -> String
  var series: [Series]
  var markers: [Marker] = []

  func svg() -> String {
    var drawing = Drawing(
      id: id,
      title: title,
      description: description,
      height: frame.bottom + 48
    )
    axes(in: &drawing)
    for (index, marker) in markers.enumerated() { draw(marker, index, in: &drawing) }
    // Names stand on the lines of others.
    for (index, marker) in markers.enumerated() { name(marker, index, in: &drawing) }
    for line in series { draw(line, in: &drawing) }
    badges(in: &drawing)
    return drawing.svg()
  }

  private struct Frame {
    let left = 60.0
    let right = 380.0
    let top: Double
    var bottom: Double { top + 196 }
  }

  /// Leaves room for the label of the y axis, and for the names of markers over one another.
  private var frame: Frame { Frame(top: 30 + 18 * Double(markers.count)) }

  private func place(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let across = self.x.fraction(x), let up = self.y.fraction(y) else { return nil }
    return (
      frame.left + across * (frame.right - frame.left),
      frame.bottom - up * (frame.bottom - frame.top)
    )
  }

  private func axes(in drawing: inout Drawing) {
    drawing.text(yLabel, x: 4, y: 14, style: "soft")
    for tick in y.ticks {
      guard let up = y.fraction(tick) else { continue }
      let height = frame.bottom - up * (frame.bottom - frame.top)
      drawing.line(x1: frame.left, y1: height, x2: frame.right, y2: height, style: "grid")
      drawing.text(yTick(tick), x: frame.left - 8, y: height + 4.5, anchor: "end", style: "tick")
    }
    for tick in x.ticks {
      guard let across = x.fraction(tick) else { continue }
      let place = frame.left + across * (frame.right - frame.left)
      drawing.line(x1: place, y1: frame.bottom, x2: place, y2: frame.bottom + 5, style: "axis")
      drawing.text(xTick(tick), x: place, y: frame.bottom + 20, anchor: "middle", style: "tick")
    }
    drawing.line(
      x1: frame.left,
      y1: frame.bottom,
      x2: frame.right,
      y2: frame.bottom,
      style: "axis"
    )
    drawing.text(xLabel, x: frame.right, y: frame.bottom + 40, anchor: "end", style: "soft")
  }

  private func draw(_ marker: Marker, _ index: Int, in drawing: inout Drawing) {
    guard let across = x.fraction(marker.x) else { return }
    let place = frame.left + across * (frame.right - frame.left)
    let top = 26 + 18 * Double(index)
    drawing.line(x1: place, y1: top, x2: place, y2: frame.bottom, style: marker.style)
  }

  private func name(_ marker: Marker, _ index: Int, in drawing: inout Drawing) {
    guard let across = x.fraction(marker.x) else { return }
    let place = frame.left + across * (frame.right - frame.left)
    // Away from the first line, which passes beside the names below its own, where there is room.
    let first = markers.first.flatMap { x.fraction($0.x) } ?? 0
    let width = 7.5 * Double(marker.name.count) + 10
    let isLeft = index > 0 && first != across ? first > across : across > 0.5
    let hasRoom = isLeft ? place - width > 0 : place + width < Drawing.width
    let standsLeft = hasRoom ? isLeft : !isLeft
    drawing.text(
      marker.name,
      x: place + (standsLeft ? -6 : 6),
      y: 36 + 18 * Double(index),
      anchor: standsLeft ? "end" : "start",
      style: "note"
    )
  }

  private func draw(_ line: Series, in drawing: inout Drawing) {
    let places = line.points.compactMap { place($0.x, $0.y) }
    if line.isLine { drawing.path(places, style: "curve \(line.arm.style)") }
    for point in line.points {
      guard let at = place(point.x, point.y) else { continue }
      if let interval = point.interval, let low = place(point.x, interval.lower),
        let high = place(point.x, interval.upper)
      {
        let style = "whisker \(line.arm.style)"
        drawing.line(x1: at.x, y1: low.y, x2: at.x, y2: high.y, style: style)
        for end in [low, high] {
          drawing.line(x1: at.x - 4, y1: end.y, x2: at.x + 4, y2: end.y, style: style)
        }
      }
      drawing.dot(x: at.x, y: at.y, radius: line.isLine ? 3.5 : 5, style: "fill \(line.arm.style)")
    }
  }

  /// Puts each arm's letter beside its last point, where it covers the least of what is drawn.
  private func badges(in drawing: inout Drawing) {
    let points = series.flatMap { $0.points.compactMap { place($0.x, $0.y) } }
    var taken: [(x: Double, y: Double)] = []
    for line in series {
      guard let last = line.points.last, let at = place(last.x, last.y) else { continue }
      let offsets: [(Double, Double)] = [
        (18, 0), (-18, 0), (14, -16), (14, 16), (-14, -16), (-14, 16), (0, -22), (0, 22),
        (30, -24), (30, 24), (-30, -24), (-30, 24),
      ]
      let candidates = offsets.map { (x: at.x + $0.0, y: at.y + $0.1) }.filter {
        $0.x <= Drawing.width - Drawing.badgeRadius && $0.x >= frame.left + Drawing.badgeRadius
          && $0.y >= frame.top - Drawing.badgeRadius && $0.y <= frame.bottom - Drawing.badgeRadius
      }
      func crowding(_ place: (x: Double, y: Double)) -> Double {
        let badges = taken.map { Self.overlap(place, $0, within: 2 * Drawing.badgeRadius + 1) }
        let dots = points.map { Self.overlap(place, $0, within: Drawing.badgeRadius + 5) }
        return 4 * badges.reduce(0, +) + dots.reduce(0, +)
      }
      let best = candidates.min { crowding($0) < crowding($1) } ?? (x: at.x, y: at.y - 18)
      taken.append(best)
      drawing.badge(line.arm, x: best.x, y: best.y)
    }
  }

  private static func overlap(
    _ first: (x: Double, y: Double),
    _ second: (x: Double, y: Double),
    within distance: Double
  ) -> Double {
    let (dx, dy) = (first.x - second.x, first.y - second.y)
    return max(0, distance - (dx * dx + dy * dy).squareRoot())
  }
}
