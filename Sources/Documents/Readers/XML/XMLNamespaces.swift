/// Short names for the namespaces of office formats, so that readers need not care which edition of a
/// standard a file follows or which prefixes its writer chose.
enum XMLNamespaces {
  /// The prefix that stands for a namespace here; nil for the ones not known.
  static func prefix(_ address: String) -> String? {
    if let known = known[address] { return known }
    if address.hasPrefix(openDocument) {
      return address.dropFirst(openDocument.count).split(separator: ":").first.map(String.init)
    }
    return nil
  }

  private static let openDocument = "urn:oasis:names:tc:opendocument:xmlns:"

  private static let known: [String: String] = {
    var table: [String: String] = [:]
    let both = [
      ("w", "wordprocessingml/2006/main", "wordprocessingml/main"),
      ("x", "spreadsheetml/2006/main", "spreadsheetml/main"),
      ("p", "presentationml/2006/main", "presentationml/main"),
      ("a", "drawingml/2006/main", "drawingml/main"),
      ("c", "drawingml/2006/chart", "drawingml/chart"),
      ("dgm", "drawingml/2006/diagram", "drawingml/diagram"),
      ("wp", "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
      ("xdr", "drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
      ("r", "officeDocument/2006/relationships", "officeDocument/relationships"),
      ("m", "officeDocument/2006/math", "officeDocument/math"),
    ]
    for (prefix, transitional, strict) in both {
      table["http://schemas.openxmlformats.org/" + transitional] = prefix
      table["http://purl.oclc.org/ooxml/" + strict] = prefix
    }
    table["http://schemas.openxmlformats.org/package/2006/relationships"] = "rel"
    table["http://schemas.openxmlformats.org/package/2006/metadata/core-properties"] = "cp"
    table["http://schemas.openxmlformats.org/markup-compatibility/2006"] = "mc"
    table["http://schemas.microsoft.com/office/word/2010/wordml"] = "w14"
    table["http://schemas.microsoft.com/office/word/2010/wordprocessingShape"] = "wps"
    table["http://schemas.microsoft.com/office/drawing/2010/main"] = "a14"
    table["http://schemas.microsoft.com/office/powerpoint/2018/8/main"] = "p188"
    table["http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"] = "tc"
    table["urn:schemas-microsoft-com:vml"] = "v"
    table["http://purl.org/dc/elements/1.1/"] = "dc"
    table["http://purl.org/dc/terms/"] = "dcterms"
    table["http://www.w3.org/XML/1998/namespace"] = "xml"
    return table
  }()
}
