/// How many examples have which length, as inline SVG, with the limit where one is known.
struct LengthPlot {
  /// What is drawn.
  var lengths: LengthSummary

  private enum Frame {
    static let left = 46.0
    static let right = 430.0
    static let top = 24.0
    static let bottom = 200.0
  }

  /// The plot as an SVG element, 440 × 250 units.
  func svg() -> String {
    let title = "Lengths of the examples in \(lengths.unit.rawValue)"
    let first = Double(lengths.histogram.first?.from ?? 0)
    let last = Double((lengths.histogram.last?.through ?? 0) + 1)
    let most = Double(max(1, lengths.histogram.map(\.examples).max() ?? 1))
    func x(_ length: Double) -> Double {
      Frame.left + (Frame.right - Frame.left) * (length - first) / max(1, last - first)
    }
    func y(_ count: Double) -> Double {
      Frame.bottom - (Frame.bottom - Frame.top) * count / most
    }
    var lines = [
      """
      <svg viewBox="0 0 440 250" role="img" aria-label="\(title)"><title>\(title)</title>
      <line class="axis" x1="\(n(Frame.left))" y1="\(n(Frame.bottom))" x2="\(n(Frame.right))" \
      y2="\(n(Frame.bottom))"/>
      """
    ]
    for bin in lengths.histogram where bin.examples > 0 {
      let isBeyond = lengths.limit.map { bin.from > $0 } ?? false
      let (start, end) = (x(Double(bin.from)), x(Double(bin.through + 1)))
      lines.append(
        """
        <rect class="\(isBeyond ? "error" : "bar")" x="\(n(start + 0.5))" \
        y="\(n(min(y(Double(bin.examples)), Frame.bottom - 1)))" width="\(n(max(1, end - start - 1)))" \
        height="\(n(max(1, Frame.bottom - y(Double(bin.examples)))))"><title>\(bin.from)–\
        \(bin.through): \(bin.examples)</title></rect>
        """
      )
    }
    lines.append(text("\(Int(most))", Frame.left - 8, Frame.top + 5, "end"))
    lines.append(text("0", Frame.left - 8, Frame.bottom + 4, "end"))
    for share in [0, 0.25, 0.5, 0.75, 1.0] {
      let length = first + (last - 1 - first) * share
      let anchor = share == 0 ? "start" : share == 1 ? "end" : "middle"
      lines.append(text(HTMLText.count(Int(length)), x(length), Frame.bottom + 20, anchor))
    }
    lines.append(text(lengths.unit.rawValue, (Frame.left + Frame.right) / 2, 242, "middle"))
    if let limit = lengths.limit, Double(limit) >= first, Double(limit) <= last {
      let place = x(Double(limit))
      lines.append(
        """
        <line class="limit" x1="\(n(place))" y1="\(n(Frame.top - 6))" x2="\(n(place))" \
        y2="\(n(Frame.bottom))"/>
        """
      )
      let isRight = place > (Frame.left + Frame.right) / 2
      lines.append(
        text("limit \(limit)", place + (isRight ? -5 : 5), Frame.top - 8, isRight ? "end" : "start")
      )
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }

  private func text(_ text: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
    "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(HTMLText.escaped(text))</text>"
  }

  private func n(_ value: Double) -> String { HTMLText.number(value) }
}
