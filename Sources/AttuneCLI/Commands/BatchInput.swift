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
  func run(_ body: (Item) async throws -> Void) async throws -> Int {
    var failures = 0
    let lines = try BatchLines(path: path)
    while let line = lines.next() {
      let (id, text) = item(in: line.text, number: line.number)
      do {
        try await body(Item(id: id, text: try text.get()))
      } catch {
        failures += 1
        try JSONOutput.print(BatchFailure(id: id, error: .init(error)))
      }
    }
    return failures
  }

  /// Reads all lines, each with its text or why it has none.
  func lines() throws -> [(id: String, text: Result<String, AttuneError>)] {
    let lines = try BatchLines(path: path)
    var items: [(id: String, text: Result<String, AttuneError>)] = []
    while let line = lines.next() { items.append(item(in: line.text, number: line.number)) }
    return items
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
