/// Reads the data that a chart shows from its DrawingML part: one row for each category.
enum ChartText {
  /// The most points of a series that are read.
  private static let maximumPoints = 100_000

  private struct Series {
    var name: String
    var categories: [Int: String]
    var values: [Int: String]
  }

  /// What the chart is called and shows, in words, and its data.
  static func read(_ root: XMLElement, origin: Origin) -> (title: String, table: OfficeTable) {
    let chart = root.first("c:chart") ?? root
    let title = chart.first("c:title").map(words) ?? ""
    let series = chart.descendants(["c:ser"]).map(Self.series)
    var table = OfficeTable()
    guard !series.isEmpty else { return (title, table) }
    let names = series.enumerated().map { $1.name.isEmpty ? "Series \($0 + 1)" : $1.name }
    let kind = chart.first("c:plotArea").map(kind) ?? "Chart"
    let summary = (title.isEmpty ? "" : title + "\n") + kind + ": " + names.joined(separator: ", ")
    let header = [OfficeTable.Cell(text: "Category")] + names.map { OfficeTable.Cell(text: $0) }
    table.rows.append(.init(cells: header, origin: origin, isHeader: true))
    table.header = .rows(1)
    let points = Set(series.flatMap { Array($0.values.keys) + Array($0.categories.keys) })
    for point in points.sorted() {
      let category = series.lazy.compactMap { $0.categories[point] }.first ?? "\(point + 1)"
      let values = series.map { OfficeTable.Cell(text: $0.values[point] ?? "") }
      table.rows.append(.init(cells: [.init(text: category)] + values, origin: origin))
    }
    return (summary, table)
  }

  /// "Bar chart", "Line chart" and so on, by the element that draws it.
  private static func kind(_ area: XMLElement) -> String {
    let name = area.elements.map(\.name).first { $0.hasSuffix("Chart") || $0.hasSuffix("Chart3D") }
    switch name?.dropFirst(2).prefix(3) {
    case "bar": return "Bar chart"
    case "lin": return "Line chart"
    case "pie": return "Pie chart"
    case "are": return "Area chart"
    case "sca": return "Scatter chart"
    case "dou": return "Doughnut chart"
    case "rad": return "Radar chart"
    case "bub": return "Bubble chart"
    default: return "Chart"
    }
  }

  private static func words(_ element: XMLElement) -> String {
    let runs = element.descendants(["a:t"]).map(\.text)
    let text = runs.isEmpty ? element.descendants(["c:v"]).map(\.text).joined() : runs.joined()
    return text.trimmed
  }

  private static func series(_ element: XMLElement) -> Series {
    let categories = element.first("c:cat") ?? element.first("c:xVal")
    let values = element.first("c:val") ?? element.first("c:yVal")
    return Series(
      name: element.first("c:tx")?.descendants(["c:v"]).map(\.text).joined(separator: " ") ?? "",
      categories: categories.map(points) ?? [:],
      values: values.map(points) ?? [:]
    )
  }

  private static func points(_ element: XMLElement) -> [Int: String] {
    var result: [Int: String] = [:]
    let format = element.descendants(["c:formatCode"]).first?.text ?? ""
    let shape = ExcelStyles.shape(format)
    for point in element.descendants(["c:pt"]).prefix(maximumPoints) {
      guard let index = point.attributes.int("idx"), index >= 0, index < Int(Int32.max) else {
        continue
      }
      let value = point.first("c:v")?.text.trimmed ?? ""
      let earlier = result[index].map { value + " " + $0 }
      let date = Double(value).flatMap { SerialDate().write($0, as: shape) }
      result[index] = earlier ?? date ?? NumberText.write(value)
    }
    return result
  }
}
