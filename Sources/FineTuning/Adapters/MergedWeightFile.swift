import Foundation
import Kernels
import LanguageModels

/// A safetensors file written anew with an adapter in its weights.
struct MergedWeightFile {
  private let source: SafetensorsFile
  private let updates: [String: LowRankUpdate]
  private let type: TensorType?
  private let pool: WorkerPool

  /// Floats that are converted at a time, at least a row.
  private static let floatsAtOnce = 1 << 20
  /// Bytes that are copied at a time.
  private static let bytesAtOnce = 4 << 20

  /// - Parameters:
  ///   - source: the base model's file.
  ///   - updates: the updates by the names of their weights; those of other files are left alone.
  ///   - type: how floats are written; as in the source if `nil`.
  ///   - pool: the threads to use.
  init(
    _ source: SafetensorsFile,
    updates: [String: LowRankUpdate],
    type: TensorType?,
    pool: WorkerPool
  ) {
    self.source = source
    self.updates = updates
    self.type = type
    self.pool = pool
  }

  private struct Entry: Encodable {
    let name: String
    let stored: TensorType
    let written: TensorType
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(written.rawValue, forKey: .dtype)
      try container.encode(shape, forKey: .shape)
      try container.encode(offsets, forKey: .offsets)
    }
  }

  /// An entry or the metadata, which share one object.
  private enum HeaderValue: Encodable {
    case entry(Entry)
    case metadata([String: String])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .entry(let entry): try entry.encode(to: encoder)
      case .metadata(let metadata): try metadata.encode(to: encoder)
      }
    }
  }

  /// Writes the file.
  ///
  /// - Returns: the bytes of its tensors.
  func write(to url: URL, progress: (Double) -> Void) throws -> Int {
    let (entries, size) = entries()
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    let file = try FileHandle(forWritingTo: url)
    defer { try? file.close() }
    try file.write(contentsOf: header(entries))
    for (index, entry) in entries.enumerated() {
      try write(entry, to: file)
      progress(Double(index + 1) / Double(entries.count))
    }
    try file.synchronize()
    return size
  }

  private func entries() -> (entries: [Entry], size: Int) {
    var entries: [Entry] = []
    var offset = 0
    for name in source.names {
      guard let (stored, shape) = source.description(of: name) else { continue }
      let isFloat = [.float32, .float16, .bfloat16].contains(stored)
      let written = isFloat ? type ?? stored : stored
      // The source's own header was checked, and a wider type at most doubles it.
      let count = shape.reduce(1, *)
      entries.append(
        Entry(
          name: name,
          stored: stored,
          written: written,
          shape: shape,
          offsets: [offset, offset + count * written.size]
        )
      )
      offset += count * written.size
    }
    return (entries, offset)
  }

  private func header(_ entries: [Entry]) throws -> Data {
    var values: [String: HeaderValue] = ["__metadata__": .metadata(["format": "pt"])]
    for entry in entries { values[entry.name] = .entry(entry) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = try encoder.encode(values)
    text.append(Data(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
  }

  private func write(_ entry: Entry, to file: FileHandle) throws {
    let update = updates[entry.name]
    guard update != nil || entry.written != entry.stored, let count = entry.shape.first else {
      try copy(entry, to: file)
      return
    }
    let width = entry.shape.dropFirst().reduce(1, *)
    let atOnce = max(1, Self.floatsAtOnce / max(1, width))
    for start in stride(from: 0, to: count, by: atOnce) {
      let rows = start..<min(count, start + atOnce)
      var values = try source.floats(entry.name, rows: rows)
      if let update { values = merge(update, values, rows: rows, width: width) }
      try file.write(contentsOf: TensorConversion.data(values[...], as: entry.written))
    }
  }

  private func merge(
    _ update: LowRankUpdate,
    _ values: [Float],
    rows: Range<Int>,
    width: Int
  ) -> [Float] {
    let merged = Matrix(rows: rows.count, columns: width)
    pool.run(parts: rows.count) { index in
      let row = update.merged(
        row: rows.lowerBound + index,
        values[index * width..<(index + 1) * width]
      )
      merged.withRow(index) { target in
        for column in target.indices { target[column] = row[column] }
      }
    }
    return (0..<rows.count).flatMap { merged.row($0) }
  }

  private func copy(_ entry: Entry, to file: FileHandle) throws {
    guard let bytes = source.bytes(of: entry.name) else { return }
    if entry.written != entry.stored {
      // A single number without sides.
      let values = try source.floats(entry.name, shape: entry.shape)
      try file.write(contentsOf: TensorConversion.data(values[...], as: entry.written))
      return
    }
    for start in stride(from: 0, to: bytes.count, by: Self.bytesAtOnce) {
      try file.write(
        contentsOf: Data(bytes[start..<min(bytes.count, start + Self.bytesAtOnce)])
      )
    }
  }
}
