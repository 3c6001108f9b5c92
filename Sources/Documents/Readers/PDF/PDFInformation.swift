/// What a PDF says about itself, from `pdfinfo`.
struct PDFInformation {
  var pageCount = 0
  var metadata: [String: String] = [:]
  /// Whether poppler had to repair the file.
  var isDamaged = false

  /// Asks for it.
  ///
  /// - Throws: ``DocumentError`` where the file is encrypted or cannot be opened.
  static func read(_ file: String, tools: PDFTools) throws -> PDFInformation {
    let outcome = try tools.run("pdfinfo", ["-isodates", "-enc", "UTF-8", file])
    var information = PDFInformation()
    for line in String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      let key = String(line[..<colon])
      if key == "Pages" { information.pageCount = Int(value) ?? 0 }
      guard let name = keys[key], !value.isEmpty, !placeholders.contains(value.lowercased()),
        information.metadata[name] == nil
      else { continue }
      information.metadata[name] = PDFText.cleaned(ArraySlice(Array(value.utf8)))
    }
    information.isDamaged = outcome.complaints.contains("Syntax Error")
    guard outcome.end == .exit(0), information.pageCount > 0 else {
      throw refusal(outcome.complaints, subject: tools.subject)
    }
    return information
  }

  static func refusal(_ complaints: String, subject: String) -> DocumentError {
    let lines = complaints.split(whereSeparator: \.isNewline)
    let isLocked =
      complaints.contains("Incorrect password")
      || complaints.contains("Unsupported security handler")
      || complaints.contains("not allowed")
    guard isLocked else {
      return DocumentError(
        .corrupt,
        "\(subject) is a damaged PDF: no page of it can be read",
        subject: subject,
        cause: lines.first.map(String.init),
        remedy: "Open it in a viewer and save it again, or replace it by an intact copy."
      )
    }
    return DocumentError(
      .encrypted,
      "\(subject) is protected by a password",
      subject: subject,
      remedy: "Save a copy without the password (with qpdf --decrypt, or a viewer) in its place."
    )
  }

  private static let keys = [
    "Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords",
    "CreationDate": "created", "ModDate": "modified",
  ]
  private static let placeholders: Set<String> = [
    "untitled", "(anonymous)", "(unspecified)", "anonymous", "unspecified", "none",
    "powerpoint presentation", "word document", "document", "untitled document", "no title",
  ]
}
