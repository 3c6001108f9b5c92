import Foundation

/// The table of contents of a safetensors file, checked against the file's size.
///
/// Format: 8 bytes little-endian length of the header, the header as a JSON object, then the data.
/// Each entry names type, shape and a byte range of the data; the ranges cover the data without
/// holes or overlaps (https://huggingface.co/docs/safetensors).
struct SafetensorsHeader: Sendable {
  /// One tensor: its byte range counts from the start of the file.
  struct Entry: Sendable, Equatable {
    let type: TensorType
    let shape: [Int]
    let bytes: Range<Int>
  }

  let entries: [String: Entry]
  /// The free text of `__metadata__`; empty where there is none.
  let metadata: [String: String]

  /// The longest header that is read, as in the reference implementation.
  private static let longest = 100_000_000

  private struct RawEntry: Decodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  private struct RawHeader: Decodable {
    var entries: [String: RawEntry] = [:]
    var metadata: [String: String] = [:]

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        guard key.stringValue != "__metadata__" else {
          // Nothing of a model hangs on it, so that what is no map of texts is no reason to refuse it.
          metadata = (try? container.decode([String: String].self, forKey: key)) ?? [:]
          continue
        }
        entries[key.stringValue] = try container.decode(RawEntry.self, forKey: key)
      }
    }
  }

  /// Reads and checks the header of a file.
  ///
  /// - Parameters:
  ///   - file: the bytes of the whole file.
  ///   - path: the file's path, for errors.
  /// - Throws: `LanguageModelError` with code `malformedWeights` if anything is out of order.
  init(_ file: UnsafeRawBufferPointer, path: String) throws(LanguageModelError) {
    guard file.count >= 8 else {
      throw Self.malformed("It has \(file.count) bytes, too few for a header.", path)
    }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.longest), length <= UInt64(file.count - 8) else {
      throw Self.malformed(
        "Its header is said to have \(length) bytes, the file has \(file.count).",
        path
      )
    }
    let start = 8 + Int(length)
    guard length >= 2, file[8] == UInt8(ascii: "{") else {
      throw Self.malformed("Its header is no JSON object.", path)
    }
    let raw: RawHeader
    do {
      raw = try JSONDecoder().decode(RawHeader.self, from: Data(file[8..<start]))
    } catch {
      throw Self.malformed("Its header cannot be understood.", path, cause: Self.reason(error))
    }
    let dataCount = file.count - start
    var entries: [String: Entry] = [:]
    for (name, entry) in raw.entries {
      entries[name] = try Self.check(name, entry, dataCount: dataCount, start: start, path: path)
    }
    try Self.checkCoverage(entries, start: start, end: file.count, path: path)
    self.entries = entries
    metadata = raw.metadata
  }

  private static func check(
    _ name: String,
    _ raw: RawEntry,
    dataCount: Int,
    start: Int,
    path: String
  ) throws(LanguageModelError) -> Entry {
    guard let type = TensorType(rawValue: raw.dtype) else {
      throw malformed("Weight \(quoted(name)) has the unknown type \(quoted(raw.dtype)).", path)
    }
    guard raw.dataOffsets.count == 2, raw.dataOffsets[0] >= 0,
      raw.dataOffsets[0] <= raw.dataOffsets[1], raw.dataOffsets[1] <= dataCount
    else {
      throw malformed(
        "Weight \(quoted(name)) lies at \(raw.dataOffsets.prefix(4)), outside the \(dataCount) bytes "
          + "of data.",
        path
      )
    }
    var size = type.size
    for side in raw.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: side)
      guard side >= 0, !overflow else {
        throw malformed(
          "Weight \(quoted(name)) has the impossible shape \(raw.shape.prefix(8)).",
          path
        )
      }
      size = product
    }
    guard size == raw.dataOffsets[1] - raw.dataOffsets[0] else {
      throw malformed(
        "Weight \(quoted(name)) needs \(size) bytes by its shape and has "
          + "\(raw.dataOffsets[1] - raw.dataOffsets[0]).",
        path
      )
    }
    return Entry(
      type: type,
      shape: raw.shape,
      bytes: start + raw.dataOffsets[0]..<start + raw.dataOffsets[1]
    )
  }

  private static func checkCoverage(
    _ entries: [String: Entry],
    start: Int,
    end: Int,
    path: String
  ) throws(LanguageModelError) {
    let ordered = entries.sorted {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
        < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
    }
    var covered = start
    for (name, entry) in ordered {
      guard entry.bytes.lowerBound == covered else {
        throw malformed(
          "Weight \(quoted(name)) begins at byte \(entry.bytes.lowerBound), the one before ends at "
            + "\(covered).",
          path
        )
      }
      covered = entry.bytes.upperBound
    }
    guard covered == end else {
      throw malformed("\(end - covered) bytes at its end belong to no weight.", path)
    }
  }

  private static func malformed(
    _ message: String,
    _ path: String,
    cause: String? = nil
  ) -> LanguageModelError {
    LanguageModelError(
      .malformedWeights,
      "The weight file is damaged. " + message,
      subject: path,
      cause: cause,
      remedy: LanguageModelError.getItAgain
    )
  }

  // Names come from the file: no control characters, no endless lines in a message.
  private static func quoted(_ name: String) -> String {
    let printable = name.unicodeScalars.prefix(120).map {
      $0.properties.generalCategory == .control ? "\u{fffd}" : Character($0)
    }
    return "\"\(String(printable))\""
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context): context.debugDescription
    case .keyNotFound(let key, _): "An entry lacks \(quoted(key.stringValue))."
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      quoted(context.codingPath.map(\.stringValue).joined(separator: ".")) + ": "
        + context.debugDescription
    default: "It is no JSON."
    }
  }
}
