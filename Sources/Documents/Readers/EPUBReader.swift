enum EPUBReader {
  static func read(
    _ bytes: [UInt8],
    path: String,
    limits: SourceLimits
  ) throws -> ExtractedDocument {
    throw DocumentError.unreadable("this format", path: path)
  }
}
