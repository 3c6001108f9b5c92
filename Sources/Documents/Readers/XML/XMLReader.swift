/// Reads XML without knowing what it is about: the text of its elements in order, titles as headings,
/// records as rows. Feeds (RSS, Atom) read as a list of entries under their titles.
enum XMLReader {
  static func read(_ text: DecodedText, path: String) throws -> ExtractedDocument {
    let (root, fault) = XMLTree.parse(text.bytes, isUTF8: true)
    guard let root else {
      var document = PlainTextReader.read(text, path: path)
      document.warnings.append("it is not XML and was read as plain text: \(fault ?? "no element")")
      return document
    }
    var reading = XMLReading(part: FormatDetector.fileName(path))
    reading.read(root)
    if let fault {
      reading.builder.warnings.append("the XML is damaged and was read in part: \(fault)")
    }
    return reading.builder.document(
      title: reading.title.isEmpty ? FormatDetector.baseName(path) : reading.title,
      mediaType: FileFormat.xml.mediaType
    )
  }
}
