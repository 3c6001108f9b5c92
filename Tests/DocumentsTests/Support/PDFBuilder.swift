/// Writes small PDFs for tests: pages of text at places, with Helvetica and Helvetica-Bold.
struct PDFBuilder {
  struct Text {
    var string: String
    /// In points from the left and from the top of a letter page.
    var left: Double
    var top: Double
    var size = 11.0
    var isBold = false
  }

  var pages: [[Text]] = []
  var information: [(name: String, value: String)] = []
  /// Entries of the outline and the page, counted from 0, that each leads to.
  var outline: [(title: String, page: Int)] = []
  /// Pages, counted from 0, that show a picture.
  var pictures: Set<Int> = []

  /// Whether a password is asked for.
  var isEncrypted = false

  /// Lines of text below one another.
  static func lines(
    _ strings: [String],
    left: Double = 72,
    top: Double = 100,
    pitch: Double = 14,
    size: Double = 11,
    isBold: Bool = false
  ) -> [Text] {
    strings.enumerated().map { index, string in
      Text(
        string: string,
        left: left,
        top: top + Double(index) * pitch,
        size: size,
        isBold: isBold
      )
    }
  }

  /// The file.
  var bytes: [UInt8] {
    var objects = [
      outline.isEmpty
        ? "<< /Type /Catalog /Pages 2 0 R >>" : "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
      "<< /Type /Pages /Count \(pages.count) /Kids ["
        + pages.indices.map { "\(20 + 2 * $0) 0 R" }.joined(separator: " ") + "] >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
      "<< " + information.map { "/\($0.name) (\($0.value))" }.joined(separator: " ") + " >>",
      "<< /Type /Outlines /Count \(outline.count) /First 8 0 R /Last \(7 + outline.count) 0 R >>",
      "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        + " /BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream",
    ]
    for (index, entry) in outline.prefix(12).enumerated() {
      let next = index + 1 < outline.count ? " /Next \(9 + index) 0 R" : ""
      objects.append(
        "<< /Title (\(entry.title)) /Parent 6 0 R /Dest [\(20 + 2 * entry.page) 0 R /Fit]\(next) >>"
      )
    }
    while objects.count < 19 { objects.append("null") }
    for (index, page) in pages.enumerated() {
      var content = page.map { text in
        let string = text.string.map { "()\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return "BT /\(text.isBold ? "F2" : "F1") \(text.size) Tf \(text.left) \(792 - text.top) Td"
          + " (\(string)) Tj ET\n"
      }.joined()
      if pictures.contains(index) { content += "q 500 0 0 500 50 100 cm /I1 Do Q\n" }
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(21 + 2 * index) 0 R"
          + " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I1 7 0 R >> >> >>"
      )
      objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)endstream")
    }
    var file = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
    }
    let key = String(repeating: "5A", count: 32)
    let encryption =
      isEncrypted
      ? " /Encrypt << /Filter /Standard /V 1 /R 2 /O <\(key)> /U <\(key)> /P -4 >> /ID [<5A> <5A>]"
      : ""
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 5 0 R\(encryption) >>\n"
    return Array((file + "startxref\n\(start)\n%%EOF\n").utf8)
  }
}
