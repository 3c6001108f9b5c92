import Attune
import Foundation

/// The lines of a file or of standard input, one at a time, empty ones left out.
final class BatchLines {
  /// Nil for standard input.
  private let file: UnsafeMutablePointer<FILE>?
  private var number = 0

  /// Opens the file at a path; `-` is standard input.
  ///
  /// - Throws: ``AttuneError`` with code `batchInvalid` where it cannot be opened.
  init(path: String) throws {
    file = path == "-" ? nil : fopen(path, "r")
    if path != "-", file == nil {
      throw AttuneError(
        .batchInvalid,
        "The batch file cannot be opened.",
        subject: path,
        cause: String(cString: strerror(errno)),
        remedy: "Check the path, or use - for standard input."
      )
    }
  }

  deinit {
    if let file { fclose(file) }
  }

  /// The next line with its number, from 1; nil at the end.
  func next() -> (number: Int, text: String)? {
    while let line = read() {
      number += 1
      if line.contains(where: { !$0.isWhitespace }) { return (number, line) }
    }
    return nil
  }

  private func read() -> String? {
    guard let file else { return readLine(strippingNewline: true) }
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    let length = getline(&buffer, &capacity, file)
    guard length >= 0, let buffer else { return nil }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: length)
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
