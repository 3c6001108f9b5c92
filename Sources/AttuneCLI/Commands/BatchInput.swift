import Attune
import Foundation

/// Many inputs from a JSONL file or standard input, answered in order, one line of JSON each.
struct BatchInput {
  /// One input.
  struct Item {
    let id: String
    let text: String
  }

  let path: String
  /// The name under which a line holds its text: `question`, `text`.
  let field: String

  /// Calls `body` for each line. A line that cannot be read, or whose `body` throws, prints an object
  /// with `id` and `error`; the rest goes on.
  ///
  /// - Returns: How many lines failed.
  func run(_ body: (Item) throws -> Void) throws -> Int {
    var failures = 0
    try forEachLine { number, line in
      let (id, text) = item(in: line, number: number)
      do {
        try body(Item(id: id, text: try text.get()))
      } catch {
        failures += 1
        try JSONOutput.print(BatchFailure(id: id, error: .init(error)))
      }
    }
    return failures
  }

  /// Reads all lines, each with its text or why it has none.
  func lines() throws -> [(id: String, text: Result<String, AttuneError>)] {
    var lines: [(id: String, text: Result<String, AttuneError>)] = []
    try forEachLine { number, line in lines.append(item(in: line, number: number)) }
    return lines
  }

  private func forEachLine(_ body: (Int, String) throws -> Void) throws {
    let ownFile: UnsafeMutablePointer<FILE>? = path == "-" ? nil : fopen(path, "r")
    if path != "-", ownFile == nil {
      throw AttuneError(
        .batchInvalid,
        "The batch file cannot be opened.",
        subject: path,
        cause: String(cString: strerror(errno)),
        remedy: "Check the path, or use - for standard input."
      )
    }
    defer { if let ownFile { fclose(ownFile) } }
    var number = 0
    while let line = readLine(from: ownFile) {
      number += 1
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      try body(number, line)
    }
  }

  /// The next line of the file, or of standard input.
  private func readLine(from file: UnsafeMutablePointer<FILE>?) -> String? {
    guard let file else { return Swift.readLine(strippingNewline: true) }
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    let length = getline(&buffer, &capacity, file)
    guard length >= 0, let buffer else { return nil }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: length)
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// A line's identifier, which is its number where it names none, and its text.
  private func item(
    in line: String,
    number: Int
  ) -> (id: String, text: Result<String, AttuneError>) {
    let place = "\(path == "-" ? "standard input" : path), line \(number)"
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else {
      let fault = AttuneError(
        .batchInvalid,
        "A line of the batch is not a JSON object.",
        subject: place,
        cause: nil,
        remedy: "Write one object per line, with “id” and “\(field)”."
      )
      return ("\(number)", .failure(fault))
    }
    let id: String
    switch object["id"] {
    case let string as String: id = string
    case let other?: id = "\(other)"
    case nil: id = "\(number)"
    }
    guard let text = object[field] as? String else {
      let fault = AttuneError(
        .batchInvalid,
        "A line of the batch has no “\(field)”.",
        subject: place,
        cause: nil,
        remedy: "Give each line “id” and “\(field)” as strings."
      )
      return (id, .failure(fault))
    }
    return (id, .success(text))
  }
}
