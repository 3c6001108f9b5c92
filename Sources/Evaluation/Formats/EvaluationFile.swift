import Foundation

/// Reads evaluation files from disk; every fault names file, line, reason and remedy.
struct EvaluationFile {
  var url: URL

  /// The file's whole content.
  func contents() throws -> Data {
    do {
      return try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      let isMissing = !FileManager.default.fileExists(atPath: url.path)
      throw EvaluationError(
        isMissing ? .missing : .unreadable,
        isMissing ? "The file does not exist." : "The file cannot be read.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: isMissing ? "Check the path." : "Check that it is a file and its permissions."
      )
    }
  }

  /// The lines that are not blank, with their numbers counted from 1. Line ends are LF or CRLF; a byte
  /// order mark is passed over.
  func lines() throws -> [(number: Int, bytes: Data)] {
    var data = try contents()
    if data.starts(with: [0xEF, 0xBB, 0xBF]) { data = data.dropFirst(3) }
    var lines: [(number: Int, bytes: Data)] = []
    var number = 0
    var start = data.startIndex
    while start < data.endIndex {
      number += 1
      let end = data[start...].firstIndex(of: 0x0A) ?? data.endIndex
      var line = data[start..<end]
      if line.last == 0x0D { line = line.dropLast() }
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if !isBlank { lines.append((number, line)) }
      start = end < data.endIndex ? data.index(after: end) : end
    }
    return lines
  }

  /// Each line decoded as JSON, with its number.
  func records<Record: Decodable>(
    as type: Record.Type,
    remedy: String
  ) throws -> [(number: Int, record: Record)] {
    let decoder = JSONDecoder()
    return try lines().map { number, bytes in
      do {
        return (number, try decoder.decode(Record.self, from: bytes))
      } catch {
        throw fault(
          .malformed,
          "The line is not a valid record.",
          line: number,
          cause: Self.explanation(error),
          remedy: remedy
        )
      }
    }
  }

  /// The whole file decoded as one JSON value.
  func document<Value: Decodable>(as type: Value.Type, remedy: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: contents())
    } catch let error as EvaluationError {
      throw error
    } catch {
      throw fault(
        .malformed,
        "The file does not hold what is expected.",
        line: nil,
        cause: Self.explanation(error),
        remedy: remedy
      )
    }
  }

  func fault(
    _ code: EvaluationError.Code,
    _ message: String,
    line: Int?,
    cause: String? = nil,
    remedy: String
  ) -> EvaluationError {
    let subject = line.map { "\(url.path):\($0)" } ?? url.path
    return EvaluationError(code, message, subject: subject, cause: cause, remedy: remedy)
  }

  /// What a decoding error says, in words without Swift's types where they can be had.
  private static func explanation(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return error.localizedDescription }
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "the key \"\(key.stringValue)\" is missing\(place(context))"
    case .valueNotFound(_, let context):
      return "a value is missing\(place(context))"
    case .typeMismatch(let type, let context):
      return "a value has the wrong type\(place(context)): expected \(type)"
    case .dataCorrupted(let context):
      return "\(context.debugDescription)\(place(context))"
    @unknown default:
      return error.localizedDescription
    }
  }
}
