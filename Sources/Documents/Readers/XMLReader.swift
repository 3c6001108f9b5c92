enum XMLReader {
  static func read(_ text: DecodedText, path: String) throws -> ExtractedDocument {
    PlainTextReader.read(text, path: path)
  }
}
