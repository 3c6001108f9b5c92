/// An inline SVG under construction, that takes its colours from the page's style.
///
/// It is 400 units wide, so that its text stays readable on a phone.
struct Drawing {
  static let width = 400.0

  /// Unique in the page: the names of the title and the description hang on it.
  var id: String
  /// What it shows, and what there is to see in it, for those who cannot.
  var title: String
  var description: String
  var height: Double
  private(set) var parts: [String] = []

  init(id: String, title: String, description: String, height: Double) {
    self.id = id
    self.title = title
    self.description = description
    self.height = height
  }

  mutating func text(
    _ text: String,
    x: Double,
    y: Double,
    anchor: String = "start",
    style: String? = nil
  ) {
    parts.append(
      "<text\(Self.styled(style)) x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
        + "text-anchor=\"\(anchor)\">\(PageText.escaped(text))</text>"
    )
  }

  mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, style: String) {
    parts.append(
      "<line\(Self.styled(style)) x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" "
        + "x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>"
    )
  }

  mutating func path(_ points: [(x: Double, y: Double)], style: String) {
    let places = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
    parts.append(
      "<polyline\(Self.styled(style)) points=\"\(places.joined(separator: " "))\"/>"
    )
  }

  mutating func rectangle(
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    radius: Double = 0,
    style: String
  ) {
    parts.append(
      "<rect\(Self.styled(style)) x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
        + "width=\"\(Self.number(max(0, width)))\" height=\"\(Self.number(height))\""
        + (radius > 0 ? " rx=\"\(Self.number(radius))\"" : "") + "/>"
    )
  }

  mutating func dot(x: Double, y: Double, radius: Double, style: String) {
    parts.append(
      "<circle\(Self.styled(style)) cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
        + "r=\"\(Self.number(radius))\"/>"
    )
  }

  /// An arm's letter on its colour, so that colour alone tells nothing.
  mutating func badge(_ arm: ReportArm, x: Double, y: Double) {
    dot(x: x, y: y, radius: Self.badgeRadius, style: "fill \(arm.style)")
    text(arm.letter, x: x, y: y + 4.5, anchor: "middle", style: "letter")
  }

  static let badgeRadius = 10.0

  /// The drawing as an element of a page.
  func svg() -> String {
    """
    <svg viewBox="0 0 400 \(Self.number(height))" role="img" \
    aria-labelledby="\(id)-title \(id)-about">
    <title id="\(id)-title">\(PageText.escaped(title))</title>
    <desc id="\(id)-about">\(PageText.escaped(description))</desc>
    \(parts.joined(separator: "\n"))
    </svg>
    """
  }

  private static func styled(_ style: String?) -> String {
    style.map { " class=\"\($0)\"" } ?? ""
  }

  private static func number(_ value: Double) -> String {
    let text = PlotScale.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
