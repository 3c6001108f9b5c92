import Foundation
import Kernels

/// Writes packed model files.
struct PackedModelWriter {
  let parameters: ConvertedParameters
  let configuration: DecoderConfiguration
  let precision: WeightPrecision

  /// Writes the file under another name, makes sure that it is on the disk, and then gives it its
  /// name: whoever finds it finds it whole.
  ///
  /// - Parameters:
  ///   - url: where the file goes.
  ///   - progress: called with the share of the weights that is written, from 0 to 1.
  /// - Throws: `LanguageModelError` if a weight is absent or does not fit, or the file cannot be
  ///   written.
  func write(
    to url: URL,
    progress: (Double) -> Void = { _ in }
  ) throws(LanguageModelError) {
    let header = try header()
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
    do {
      guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
        throw CocoaError(.fileWriteUnknown)
      }
      let file = try FileHandle(forWritingTo: temporary)
      defer { try? file.close() }
      try write(header, to: file, progress: progress)
      try file.synchronize()
      guard rename(temporary.path, url.path) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    } catch {
      // Nothing half-written is left; that it may fail again changes nothing.
      try? FileManager.default.removeItem(at: temporary)
      if let error = error as? LanguageModelError { throw error }
      throw LanguageModelError(
        .unwritableFile,
        "The packed model cannot be written.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "Check that there is room on the disk and that you may write there."
      )
    }
  }

  private func header() throws(LanguageModelError) -> PackedModelHeader {
    var entries: [PackedModelHeader.Entry] = []
    var offset = 0
    for tensor in DecoderTensor.all(configuration) {
      var form = PackedModelHeader.Form.float32
      if case .matrix = tensor.shape(configuration) {
        form = .init(try parameters.format(of: tensor))
      }
      let count = try PackedModelHeader.byteCount(tensor, form, configuration)
      entries.append(.init(name: tensor.name, form: form, offset: offset, byteCount: count))
      offset = PackedModelHeader.rounded(offset + count, to: PackedModelHeader.alignment)
    }
    return PackedModelHeader(
      version: PackedModelHeader.currentVersion,
      precision: precision,
      configuration: configuration,
      weights: entries
    )
  }

  private func write(
    _ header: PackedModelHeader,
    to file: FileHandle,
    progress: (Double) -> Void
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = try encoder.encode(header)
    var length = UInt64(text.count).littleEndian
    var front = Data(PackedModelHeader.magic)
    withUnsafeBytes(of: &length) { front.append(contentsOf: $0) }
    front.append(text)
    let start = PackedModelHeader.start(headerLength: text.count)
    front.append(Data(count: start - front.count))
    try file.write(contentsOf: front)
    let all = Double(header.weights.last.map { $0.offset + $0.byteCount } ?? 1)
    var written = 0
    for (tensor, entry) in zip(DecoderTensor.all(configuration), header.weights) {
      try file.write(contentsOf: Data(count: entry.offset - written))
      try write(tensor, to: file)
      written = entry.offset + entry.byteCount
      progress(Double(written) / all)
    }
  }

  private func write(_ tensor: DecoderTensor, to file: FileHandle) throws {
    guard case .matrix = tensor.shape(configuration) else {
      return try write(try parameters.vector(tensor), to: file)
    }
    if try parameters.format(of: tensor) == nil {
      return try parameters.eachRun(of: tensor) { values throws(LanguageModelError) in
        do {
          try write(Array(values), to: file)
        } catch {
          throw LanguageModelError(
            .unwritableFile,
            "The packed model cannot be written.",
            subject: tensor.name,
            cause: error.localizedDescription,
            remedy: "Check that there is room on the disk."
          )
        }
      }
    }
    guard case .quantized(let matrix) = try parameters.matrix(tensor) else { return }
    // The bytes are only read, and only while the matrix lives.
    guard let base = matrix.packedBytes.baseAddress else { return }
    try withExtendedLifetime(matrix) {
      try file.write(
        contentsOf: Data(
          bytesNoCopy: UnsafeMutableRawPointer(mutating: base),
          count: matrix.packedBytes.count,
          deallocator: .none
        )
      )
    }
  }

  private func write(_ values: [Float], to file: FileHandle) throws {
    try file.write(contentsOf: values.withUnsafeBytes { Data($0) })
  }
}
