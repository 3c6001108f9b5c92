enum RTFReader {
  static func read(_ bytes: [UInt8], path: String) throws -> ExtractedDocument {
    throw DocumentError.unreadable("this format", path: path)
  }
}
