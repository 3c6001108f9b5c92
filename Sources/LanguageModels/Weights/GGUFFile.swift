public import Foundation
import Kernels

/// A GGUF file, mapped into memory and checked: metadata, and a table of tensors that lie inside the
/// file without overlaps.
///
/// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3, little-endian.
public final class GGUFFile: Sendable {
  private let file: MappedFile

  /// The metadata by its keys.
  public let metadata: [String: GGUFValue]

  /// The tensors by their names.
  public let tensors: [String: GGUFTensor]

  /// Where the table of tensors begins: the bytes before it are the metadata.
  let metadataEnd: Int

  /// The file's path.
  public var path: String { file.path }

  /// Gives back the memory that what was read takes.
  func letGo() { file.letGo() }

  /// The size of the file.
  public var byteCount: Int { file.bytes.count }

  /// Opens a file and checks its header against its size.
  ///
  /// - Throws: `LanguageModelError` if the file is absent, unreadable, damaged or truncated, of
  ///   another version, or has tensors of a type that cannot be read.
  public init(_ url: URL) throws(LanguageModelError) {
    file = try MappedFile(url)
    var reader = GGUFReader(file.bytes, path: file.path)
    let tensorCount = try Self.readPreamble(&reader, path: file.path)
    metadata = try Self.readMetadata(&reader, count: tensorCount.values)
    metadataEnd = reader.offset
    var entries: [Entry] = []
    var names: Set<String> = []
    // Each entry has 24 bytes at least: a false count is found before memory is taken for it.
    guard tensorCount.tensors <= reader.remaining / 24 else {
      throw reader.malformed("It states \(tensorCount.tensors) tensors, more than it has room for.")
    }
    for _ in 0..<tensorCount.tensors {
      let entry = try Self.readEntry(&reader, path: file.path)
      guard names.insert(entry.name).inserted else {
        throw reader.malformed("It has two tensors named \(Self.quoted(entry.name)).")
      }
      entries.append(entry)
    }
    tensors = try Self.place(entries, after: reader, metadata, fileSize: file.bytes.count)
  }

  /// The bytes of a range of rows of a tensor.
  func bytes(of tensor: GGUFTensor, rows: Range<Int>) -> UnsafeRawBufferPointer {
    let start = tensor.bytes.lowerBound + rows.lowerBound * tensor.rowBytes
    return UnsafeRawBufferPointer(
      rebasing: file.bytes[start..<start + rows.count * tensor.rowBytes]
    )
  }

  /// The bytes of a whole tensor.
  func bytes(of tensor: GGUFTensor) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[tensor.bytes])
  }

  /// The first bytes of the file, up to the table of tensors.
  var metadataBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[..<metadataEnd])
  }

  private struct Entry {
    let name: String
    let type: TensorEncoding
    /// Innermost side first, as in the file.
    let sides: [Int]
    let offset: Int
    let byteCount: Int
  }

  private static func readPreamble(
    _ reader: inout GGUFReader,
    path: String
  ) throws(LanguageModelError) -> (tensors: Int, values: Int) {
    guard reader.remaining >= 8, try reader.integer(UInt32.self) == 0x4655_4747 else {
      throw LanguageModelError(
        .malformedWeights,
        "This is no GGUF file: it does not begin with \"GGUF\".",
        subject: path,
        remedy: LanguageModelError.getItAgain
      )
    }
    let version = try reader.integer(UInt32.self)
    guard (2...3).contains(version) else {
      let isSwapped = (1...3).contains(version.byteSwapped)
      throw LanguageModelError(
        .unsupportedModel,
        isSwapped
          ? "The GGUF file is big-endian; only little-endian files are read."
          : "The GGUF file is of version \(version); versions 2 and 3 are read.",
        subject: path,
        remedy: "Convert the model again with a current version of llama.cpp."
      )
    }
    return (try reader.size(), try reader.size())
  }

  private static func readMetadata(
    _ reader: inout GGUFReader,
    count: Int
  ) throws(LanguageModelError) -> [String: GGUFValue] {
    var metadata: [String: GGUFValue] = [:]
    // A key and its value have 13 bytes at least.
    guard count <= reader.remaining / 13 else {
      throw reader.malformed("It states \(count) values of metadata, more than it has room for.")
    }
    for _ in 0..<count {
      let key = try reader.string()
      guard metadata.updateValue(try reader.value(), forKey: key) == nil else {
        throw reader.malformed("It has two values for the key \(quoted(key)).")
      }
    }
    return metadata
  }

  private static func readEntry(
    _ reader: inout GGUFReader,
    path: String
  ) throws(LanguageModelError) -> Entry {
    let name = try reader.string()
    let sideCount = try reader.integer(UInt32.self)
    guard (1...4).contains(sideCount) else {
      throw reader.malformed("The tensor \(quoted(name)) has \(sideCount) sides.")
    }
    var sides: [Int] = []
    for _ in 0..<sideCount { sides.append(try reader.size()) }
    let number = try reader.integer(UInt32.self)
    guard let type = TensorEncoding(rawValue: number) else {
      throw LanguageModelError(
        .unsupportedModel,
        "The tensor \(quoted(name)) is stored in type number \(number), which is not supported.",
        subject: path,
        remedy: "Get the model in one of the types "
          + TensorEncoding.allCases.map(\.name).joined(separator: ", ") + "."
      )
    }
    let offset = try reader.size()
    guard sides[0] % type.blockValues == 0 else {
      throw reader.malformed(
        "The tensor \(quoted(name)) has rows of \(sides[0]) values, which \(type.name) cannot hold."
      )
    }
    var byteCount = sides[0] / type.blockValues
    for factor in [type.blockBytes] + sides.dropFirst() {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: factor)
      guard !overflow else {
        throw reader.malformed("The tensor \(quoted(name)) has the impossible sides \(sides).")
      }
      byteCount = product
    }
    return Entry(name: name, type: type, sides: sides, offset: offset, byteCount: byteCount)
  }

  /// Gives the entries their places in the file and checks that none overlaps another.
  private static func place(
    _ entries: [Entry],
    after reader: GGUFReader,
    _ metadata: [String: GGUFValue],
    fileSize: Int
  ) throws(LanguageModelError) -> [String: GGUFTensor] {
    var alignment = 32
    if case .integer(let value)? = metadata["general.alignment"] {
      guard value > 0, value <= 1 << 20, value & (value - 1) == 0 else {
        throw reader.malformed("Its alignment is \(value).")
      }
      alignment = Int(value)
    }
    let start = (reader.offset + alignment - 1) / alignment * alignment
    let room = max(0, fileSize - start)
    var tensors: [String: GGUFTensor] = [:]
    var end = 0
    for entry in entries.sorted(by: { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }) {
      guard entry.offset % alignment == 0, entry.offset >= end else {
        throw reader.malformed(
          "The tensor \(quoted(entry.name)) begins at byte \(entry.offset) of the data, where it "
            + "is not aligned or overlaps the one before."
        )
      }
      guard entry.offset <= room, entry.byteCount <= room - entry.offset else {
        throw reader.malformed(
          "The tensor \(quoted(entry.name)) lies outside the file, which has \(fileSize) bytes."
        )
      }
      end = entry.offset + entry.byteCount
      tensors[entry.name] = GGUFTensor(
        type: entry.type,
        shape: entry.sides.reversed(),
        bytes: start + entry.offset..<start + end
      )
    }
    return tensors
  }

  // Names come from the file: no control characters, no endless lines in a message.
  private static func quoted(_ name: String) -> String {
    let printable = name.unicodeScalars.prefix(120).map {
      $0.properties.generalCategory == .control ? "\u{fffd}" : Character($0)
    }
    return "\"\(String(printable))\""
  }
}
