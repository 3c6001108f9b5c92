extension LinePlot {
  /// The plot as an SVG file, 640 × 400 units. Points that are not finite, or
  /// beyond ±10¹⁵, break their line. The same plot gives the same text.
  public func svg() -> String {
    let points = series.flatMap(\.points)
    let x = PlotScale(points.map(\.x))
    let y = PlotScale(points.map(\.y))
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" width="640" height="400" \
      font-family="sans-serif" font-size="12" role="img">
      """,
      "<title>\(Self.escaped(title))</title>",
      "<rect width=\"640\" height=\"400\" fill=\"#ffffff\"/>",
      Self.text(title, x: 320, y: 24, anchor: "middle", extra: " font-size=\"15\""),
    ]
    lines += axes(x: x, y: y)
    for (index, line) in series.enumerated() {
      lines += Self.line(line, x: x, y: y, style: Self.style(index))
    }
    lines += legend()
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The frame that the lines are drawn in.
  private enum Frame {
    static let left = 64.0
    static let right = 620.0
    static let top = 40.0
    static let bottom = 344.0
  }

  private func axes(x: PlotScale, y: PlotScale) -> [String] {
    var lines: [String] = []
    for tick in y.ticks {
      let height = Self.place(y: tick, y)
      lines.append(
        Self.rule(x1: Frame.left, y1: height, x2: Frame.right, y2: height, colour: "#e2e2e2")
      )
      lines.append(Self.text(y.label(tick), x: Frame.left - 8, y: height + 4, anchor: "end"))
    }
    for tick in x.ticks {
      let across = Self.place(x: tick, x)
      lines.append(
        Self.rule(
          x1: across,
          y1: Frame.bottom,
          x2: across,
          y2: Frame.bottom + 5,
          colour: "#333333"
        )
      )
      lines.append(Self.text(x.label(tick), x: across, y: Frame.bottom + 19, anchor: "middle"))
    }
    lines.append(
      Self.rule(
        x1: Frame.left,
        y1: Frame.bottom,
        x2: Frame.right,
        y2: Frame.bottom,
        colour: "#333333"
      )
    )
    lines.append(
      Self.rule(x1: Frame.left, y1: Frame.top, x2: Frame.left, y2: Frame.bottom, colour: "#333333")
    )
    lines.append(
      Self.text(xLabel, x: (Frame.left + Frame.right) / 2, y: 386, anchor: "middle")
    )
    let middle = (Frame.top + Frame.bottom) / 2
    lines.append(
      Self.text(
        yLabel,
        x: 16,
        y: middle,
        anchor: "middle",
        extra: " transform=\"rotate(-90 16 \(Self.number(middle)))\""
      )
    )
    return lines
  }

  private func legend() -> [String] {
    guard series.count > 1 else { return [] }
    return series.enumerated().flatMap { index, line in
      let height = Frame.top + 14 + 18 * Double(index)
      let style = Self.style(index)
      return [
        "<line x1=\"\(Self.number(Frame.left + 14))\" y1=\"\(Self.number(height))\" "
          + "x2=\"\(Self.number(Frame.left + 38))\" y2=\"\(Self.number(height))\" \(style)/>",
        Self.text(line.name, x: Frame.left + 46, y: height + 4, anchor: "start"),
      ]
    }
  }

  private static func line(
    _ series: Series,
    x: PlotScale,
    y: PlotScale,
    style: String
  ) -> [String] {
    let runs = series.points.split { !PlotScale.canShow($0.x) || !PlotScale.canShow($0.y) }
    return runs.map { run in
      let places = run.map { "\(number(place(x: $0.x, x))),\(number(place(y: $0.y, y)))" }
      return "<polyline fill=\"none\" \(style) points=\"\(places.joined(separator: " "))\"/>"
    }
  }

  private static func place(x value: Double, _ scale: PlotScale) -> Double {
    Frame.left + scale.fraction(value) * (Frame.right - Frame.left)
  }

  private static func place(y value: Double, _ scale: PlotScale) -> Double {
    Frame.bottom - scale.fraction(value) * (Frame.bottom - Frame.top)
  }

  /// Colours that stay apart for colour-blind readers (Okabe & Ito 2008); after one round, dashes tell
  /// lines apart.
  private static func style(_ index: Int) -> String {
    let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
    let dashes = ["", " stroke-dasharray=\"6 3\"", " stroke-dasharray=\"2 3\""]
    let dash = dashes[(index / colours.count) % dashes.count]
    return "stroke=\"\(colours[index % colours.count])\" stroke-width=\"2\"\(dash)"
  }

  private static func rule(
    x1: Double,
    y1: Double,
    x2: Double,
    y2: Double,
    colour: String
  ) -> String {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
      + "stroke=\"\(colour)\"/>"
  }

  private static func text(
    _ text: String,
    x: Double,
    y: Double,
    anchor: String,
    extra: String = ""
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(extra)>"
      + "\(escaped(text))</text>"
  }

  private static func number(_ value: Double) -> String { PlotScale.fixed(value, decimals: 1) }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in DisplayText.neutralized(text) {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
