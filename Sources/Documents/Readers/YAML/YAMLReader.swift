/// Reads YAML as JSON is read. A file may hold several documents; each then gets a heading, and its
/// number comes first in the pointers, as the line's does in JSON Lines.
enum YAMLReader {
  /// - Parameters:
  ///   - text: The file.
  ///   - path: Its path within its source.
  ///   - isNamed: Whether its name says that it is YAML; else what is not YAML is plain text.
  /// - Returns: The document; as text where it holds no more than words, or is a template.
  /// - Throws: ``DocumentError`` `malformed` with line and column.
  static func read(
    _ text: DecodedText,
    path: String,
    isNamed: Bool
  ) throws -> ExtractedDocument {
    let values: [JSONValue]
    do {
      values = try YAMLParser.parse(text.bytes)
    } catch {
      guard isNamed, !isTemplate(text.bytes[...]) else {
        var document = PlainTextReader.read(text, path: path)
        if isNamed {
          document.warnings.append(
            "a template, not data, was read as text: line \(error.place.line) is not YAML"
          )
        }
        return document
      }
      throw malformed(error, path: path)
    }
    guard values.contains(where: \.isContainer) else {
      return PlainTextReader.read(text, path: path)
    }
    return JSONReader.document(
      of: values,
      name: FormatDetector.baseName(path),
      mediaType: FileFormat.yaml.mediaType
    )
  }

  /// Whether a text of unknown name begins as YAML may: with its version or the mark of a document.
  static func looksLikeYAML(_ bytes: ArraySlice<UInt8>) -> Bool {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.starts(withText: "%YAML ") || line.trimmingWhitespace().elementsEqual("---".utf8)
  }

  /// Whether programs are to write over parts of it before it is YAML.
  private static func isTemplate(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["{{", "{%", "<%"].contains { bytes.firstRange(of: Array($0.utf8)) != nil }
  }

  private static func malformed(_ fault: YAMLParser.Fault, path: String) -> DocumentError {
    DocumentError(
      .malformed,
      "\(path) is not valid YAML: \(fault.reason) (\(fault.place))",
      subject: path,
      remedy: "Correct the file there, then sync again."
    )
  }
}
