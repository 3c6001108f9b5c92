public import Foundation

extension DatasetFile {
  /// Writes examples to a file, which appears whole or not at all.
  ///
  /// Only ``DatasetFormat/attune`` holds all that is known of an example. The others hold the
  /// conversation, and passage and document where they have a place for them: `completion`, `csv` and
  /// `tsv` (one answer, at the end) and `squad` (one question whose answer stands in its passage).
  /// An example that a format would change is left out and reported. `chat`, `completion` and `attune`
  /// are written as JSON lines, `alpaca`, `sharegpt` and `squad` as one JSON value.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be written.
  @discardableResult
  public static func write(
    _ examples: [Example],
    to url: URL,
    format: DatasetFormat
  ) throws -> DatasetExport {
    let (bytes, report) = bytes(of: examples, format: format)
    do {
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw DatasetError(
        .unwritable,
        "The file cannot be written.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check the folder, its permissions and the room on the disk."
      )
    }
    return report
  }

  /// The content of the file that ``write(_:to:format:)`` writes.
  static func bytes(
    of examples: [Example],
    format: DatasetFormat
  ) -> (bytes: [UInt8], report: DatasetExport) {
    var writer = DatasetWriter(format: format)
    for (index, example) in examples.enumerated() { writer.add(example, index: index) }
    return writer.finish()
  }
}
