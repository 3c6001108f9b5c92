public import Foundation

/// Reads and writes files of examples.
public enum DatasetFile {
  /// Reads all examples of a file.
  ///
  /// Items that are no examples are reported one by one, and the rest is read. The file is read piece
  /// by piece, so what is held in memory is the examples.
  ///
  /// - Parameters:
  ///   - url: The file: JSON lines, a JSON array, SQuAD's JSON, or CSV or TSV with a header, in UTF-8.
  ///   - format: Its format; nil to find it out. Items of another format are then faults.
  /// - Returns: The examples, and what could not be taken and why.
  /// - Throws: ``DatasetError`` where the file cannot be read, is in no known format, or in several.
  public static func read(_ url: URL, format: DatasetFormat? = nil) throws -> DatasetImport {
    var examples: [Example] = []
    var result = try scan(url, format: format) { examples.append($0) }
    result.examples = examples
    return result
  }

  /// Hands over the examples of a file one by one, so that none is held; else as
  /// ``read(_:format:)``. That a file mixes formats may show only after some have been handed over.
  ///
  /// - Returns: The report, its examples empty.
  /// - Throws: ``DatasetError``, or what the closure throws.
  @discardableResult
  public static func scan(
    _ url: URL,
    format: DatasetFormat? = nil,
    take: (Example) throws -> Void
  ) throws -> DatasetImport {
    let file: FileHandle
    do {
      file = try FileHandle(forReadingFrom: url)
    } catch {
      let isMissing = !FileManager.default.fileExists(atPath: url.path)
      throw DatasetError(
        isMissing ? .notFound : .unreadable,
        isMissing ? "The file does not exist." : "The file cannot be read.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: isMissing ? "Check the path." : "Check that it is a file and its permissions."
      )
    }
    defer { try? file.close() }
    do {
      return try scan(InputBytes(file: file), name: url.path, format: format, take: take)
    } catch let error as CocoaError {
      throw DatasetError(
        .unreadable,
        "The file cannot be read.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check that it is a file and its permissions."
      )
    }
  }

  /// Reads all examples of a file's content that is in memory; else as ``read(_:format:)``.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - name: What errors call it.
  ///   - format: Its format; nil to find it out.
  /// - Returns: The examples, and what could not be taken and why.
  /// - Throws: ``DatasetError`` where it is in no known format, or in several.
  public static func read(
    _ bytes: Data,
    name: String,
    format: DatasetFormat? = nil
  ) throws -> DatasetImport {
    var examples: [Example] = []
    var result = try scan(InputBytes(bytes), name: name, format: format) { examples.append($0) }
    result.examples = examples
    return result
  }

  private static func scan(
    _ input: InputBytes,
    name: String,
    format: DatasetFormat?,
    take: (Example) throws -> Void
  ) throws -> DatasetImport {
    try withoutActuallyEscaping(take) { take in
      var scan = DatasetScan(input, name: name, format: format, take: take)
      try scan.run()
      return scan.result
    }
  }
}
