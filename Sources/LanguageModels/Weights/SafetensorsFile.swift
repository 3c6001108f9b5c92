public import Foundation
import Kernels

/// A safetensors file, mapped into memory and checked.
///
/// Floats are read as 32-bit floats whatever their type in the file (32-bit, 16-bit, bfloat16).
public final class SafetensorsFile: Sendable {
  private let file: MappedFile
  private let header: SafetensorsHeader

  /// Opens a file and checks its header against its size.
  ///
  /// - Throws: `LanguageModelError` if the file is absent, unreadable, damaged or truncated.
  public init(_ url: URL) throws(LanguageModelError) {
    file = try MappedFile(url)
    header = try SafetensorsHeader(file.bytes, path: file.path)
  }

  /// The file's path.
  public var path: String { file.path }

  /// The free text that the file's writer added, such as `["format": "pt"]`.
  public var metadata: [String: String] { header.metadata }

  /// Gives back the memory that what was read takes.
  func letGo() { file.letGo() }

  /// The size of the file.
  var byteCount: Int { file.bytes.count }

  /// The names of all weights, sorted.
  public var names: [String] { header.entries.keys.sorted() }

  /// Whether there is a weight of this name.
  public func contains(_ name: String) -> Bool { header.entries[name] != nil }

  /// Type and shape of a weight, or `nil` if there is none of this name.
  public func description(of name: String) -> (type: TensorType, shape: [Int])? {
    header.entries[name].map { ($0.type, $0.shape) }
  }

  /// A weight as 32-bit floats, row after row.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if it is absent, has another shape,
  ///   or holds no floats.
  public func floats(_ name: String, shape: [Int]) throws(LanguageModelError) -> [Float] {
    let entry = try entry(name, shape: shape)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes])
    let count = bytes.count / entry.type.size
    return [Float](unsafeUninitializedCapacity: count) { values, initialized in
      TensorConversion.convert(bytes, of: entry.type, into: values)
      initialized = count
    }
  }

  /// The bytes of a weight as they are stored, and how; of any alignment and valid while this file
  /// lives. `nil` on a machine that does not keep numbers as the file does.
  ///
  /// - Throws: `LanguageModelError` as ``floats(_:shape:)`` does.
  func mapped(
    _ name: String,
    shape: [Int]
  ) throws(LanguageModelError) -> (bytes: UnsafeRawBufferPointer, encoding: TensorEncoding)? {
    let entry = try entry(name, shape: shape)
    guard let encoding = entry.type.encoding, 1.littleEndian == 1 else { return nil }
    return (UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes]), encoding)
  }

  /// The bytes of a weight as they are stored; valid while this file lives. `nil` if there is none of
  /// this name.
  package func bytes(of name: String) -> UnsafeRawBufferPointer? {
    header.entries[name].map { UnsafeRawBufferPointer(rebasing: file.bytes[$0.bytes]) }
  }

  /// Some rows (indices of the outermost side) of a weight as 32-bit floats.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the weight is absent, has no such
  ///   rows, or holds no floats.
  package func floats(_ name: String, rows: Range<Int>) throws(LanguageModelError) -> [Float] {
    let shape = header.entries[name]?.shape ?? []
    let entry = try entry(name, shape: shape)
    guard let count = shape.first, rows.lowerBound >= 0, rows.upperBound <= count else {
      throw mismatch("The weight \"\(name)\" has the shape \(shape), so no rows \(rows).")
    }
    let width = entry.bytes.count / entry.type.size / max(count, 1)
    let start = entry.bytes.lowerBound + rows.lowerBound * width * entry.type.size
    let bytes = file.bytes[start..<start + rows.count * width * entry.type.size]
    return [Float](unsafeUninitializedCapacity: rows.count * width) { values, initialized in
      let whole = UnsafeMutableBufferPointer(rebasing: values[..<(rows.count * width)])
      TensorConversion.convert(UnsafeRawBufferPointer(rebasing: bytes), of: entry.type, into: whole)
      initialized = rows.count * width
    }
  }

  /// Reads some rows of a weight as 32-bit floats. The caller has checked that the rows are there
  /// and that `values` holds exactly these.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the weight is absent or holds no
  ///   floats.
  func read(
    _ name: String,
    rows: Range<Int>,
    into values: UnsafeMutableBufferPointer<Float>
  ) throws(LanguageModelError) {
    let entry = try entry(name, shape: header.entries[name]?.shape ?? [])
    guard let count = entry.shape.first, count > 0 else { return }
    let row = entry.bytes.count / count
    let start = entry.bytes.lowerBound + rows.lowerBound * row
    TensorConversion.convert(
      UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + rows.count * row]),
      of: entry.type,
      into: values
    )
  }

  private func entry(
    _ name: String,
    shape: [Int]
  ) throws(LanguageModelError) -> SafetensorsHeader.Entry {
    guard let entry = header.entries[name] else {
      throw mismatch("The weight \"\(name)\" is not in the file.")
    }
    guard entry.shape == shape else {
      throw mismatch(
        "The weight \"\(name)\" has the shape \(entry.shape), the configuration asks for \(shape)."
      )
    }
    switch entry.type {
    case .float32, .float16, .bfloat16: return entry
    default:
      throw mismatch(
        "The weight \"\(name)\" is of type \(entry.type.rawValue); floats of 16 or 32 bits are read."
      )
    }
  }

  private func mismatch(_ message: String) -> LanguageModelError {
    LanguageModelError(
      .weightMismatch,
      message,
      subject: path,
      remedy: "Check that config.json and the weight file belong to the same model."
    )
  }
}
