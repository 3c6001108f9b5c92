/// Horizontal bars with their names and values, as inline SVG that takes the colours of its page.
struct BarPlot {
  /// One bar.
  struct Bar {
    var name: String
    /// How long it is, not negative.
    var value: Double
    /// What stands behind it.
    var label: String
    /// The style class of the bar.
    var style: String = "bar"
    /// How long it could be; drawn as a pale bar behind it.
    var maximum: Double?
  }

  /// What the plot shows, for those who cannot see it.
  var title: String
  /// The bars from top to bottom.
  var bars: [Bar]

  /// The plot as an SVG element, 440 units wide.
  func svg() -> String {
    let row = 30.0
    let (left, right) = (156.0, 362.0)
    let height = row * Double(max(1, bars.count)) + 8
    let most = bars.map { max($0.value, $0.maximum ?? 0) }.max() ?? 0
    var lines = [
      """
      <svg viewBox="0 0 440 \(HTMLText.number(height))" role="img" \
      aria-label="\(HTMLText.escaped(title))"><title>\(HTMLText.escaped(title))</title>
      """
    ]
    for (index, bar) in bars.enumerated() {
      let top = 4 + row * Double(index)
      let middle = HTMLText.number(top + row / 2 + 5)
      func rectangle(_ value: Double, _ style: String) -> String {
        let width = most > 0 ? (right - left) * value / most : 0
        return """
          <rect class="\(style)" x="\(HTMLText.number(left))" y="\(HTMLText.number(top + 5))" \
          width="\(HTMLText.number(max(value > 0 ? 2 : 0, width)))" height="20" rx="3"/>
          """
      }
      lines.append(
        "<text x=\"\(HTMLText.number(left - 10))\" y=\"\(middle)\" text-anchor=\"end\">"
          + "\(HTMLText.escaped(bar.name))</text>"
      )
      if let maximum = bar.maximum { lines.append(rectangle(maximum, "rest")) }
      lines.append(rectangle(bar.value, bar.style))
      lines.append(
        "<text class=\"value\" x=\"\(HTMLText.number(right + 10))\" y=\"\(middle)\">"
          + "\(HTMLText.escaped(bar.label))</text>"
      )
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }
}
