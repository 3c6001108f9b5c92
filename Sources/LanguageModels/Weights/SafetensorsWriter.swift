public import Foundation

/// Writes safetensors files: tensor after tensor, so that no more than one is in memory at a time.
///
/// Format: https://huggingface.co/docs/safetensors.
public enum SafetensorsWriter {
  /// A tensor to write. The values are asked for once, when it is its turn.
  public typealias Tensor = (name: String, shape: [Int], values: () throws -> [Float])

  /// Values that are converted and written at a time.
  private static let run = 1 << 18

  /// Writes the file under another name, makes sure that it is on the disk, and then gives it its
  /// name: whoever finds it finds it whole, and a file that was there stays until then.
  ///
  /// - Parameters:
  ///   - tensors: the tensors, in the order in which they lie in the file.
  ///   - type: how the values are written: 32-bit, 16-bit or bfloat16 floats, rounded to the nearest.
  ///   - metadata: text that readers may look at, such as `["format": "pt"]`.
  ///   - url: where the file goes.
  /// - Throws: `LanguageModelError` with code `invalidInput` if a name occurs twice, a shape and its
  ///   values do not fit, or `type` is no type of floats; with code `unwritableFile` if the file
  ///   cannot be written; and what `values` throws.
  public static func write(
    _ tensors: [Tensor],
    as type: TensorType = .float32,
    metadata: [String: String] = [:],
    to url: URL
  ) throws {
    let front = try header(tensors, type, metadata, subject: url.path)
    let temporary = url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString)")
    do {
      guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
        throw unwritable(url, POSIXError(.init(rawValue: errno) ?? .EIO))
      }
      let file = try FileHandle(forWritingTo: temporary)
      defer { try? file.close() }
      func append(_ data: Data) throws(LanguageModelError) {
        do { try file.write(contentsOf: data) } catch { throw unwritable(url, error) }
      }
      try append(front)
      for tensor in tensors { try write(tensor, type, subject: url.path, to: append) }
      do {
        try file.synchronize()
        guard rename(temporary.path, url.path) == 0 else {
          throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        synchronizeFolder(of: url)
      } catch {
        throw unwritable(url, error)
      }
    } catch {
      // Nothing half-written is left; that it may fail again changes nothing.
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }

  /// Brings the file's new name to the disk too. A file system that cannot do this has it all the same.
  private static func synchronizeFolder(of url: URL) {
    let descriptor = open(url.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func write(
    _ tensor: Tensor,
    _ type: TensorType,
    subject: String,
    to append: (Data) throws(LanguageModelError) -> Void
  ) throws {
    let values = try tensor.values()
    guard values.count == tensor.shape.reduce(1, *) else {
      throw invalid(
        "The tensor \"\(tensor.name)\" of shape \(tensor.shape) has \(values.count) values.",
        subject
      )
    }
    for start in stride(from: 0, to: values.count, by: run) {
      let part = values[start..<min(start + run, values.count)]
      try append(TensorConversion.data(part, as: type))
    }
  }

  /// The length of the header and the header, which ends at a multiple of eight bytes so that the
  /// data behind it is aligned.
  private static func header(
    _ tensors: [Tensor],
    _ type: TensorType,
    _ metadata: [String: String],
    subject: String
  ) throws(LanguageModelError) -> Data {
    guard [.float32, .float16, .bfloat16].contains(type) else {
      throw invalid("Tensors are written as F32, F16 or BF16, not \(type.rawValue).", subject)
    }
    var entries: [String: any Encodable] = [:]
    if !metadata.isEmpty { entries["__metadata__"] = metadata }
    var offset = 0
    for tensor in tensors {
      guard tensor.name != "__metadata__", entries[tensor.name] == nil else {
        throw invalid("There are two tensors named \"\(tensor.name)\".", subject)
      }
      var size = type.size
      for side in tensor.shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: side)
        guard side >= 0, !overflow else {
          throw invalid("The tensor \"\(tensor.name)\" has the shape \(tensor.shape).", subject)
        }
        size = product
      }
      entries[tensor.name] = Entry(
        dtype: type.rawValue,
        shape: tensor.shape,
        dataOffsets: [offset, offset + size]
      )
      offset += size
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text: Data
    do {
      text = try encoder.encode(entries.mapValues { AnyEntry(value: $0) })
    } catch {
      throw invalid("The names of the tensors cannot be written.", subject)
    }
    text.append(Data(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
  }

  private struct Entry: Encodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// An entry or the metadata, which share one object.
  private struct AnyEntry: Encodable {
    let value: any Encodable

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }

  private static func invalid(_ message: String, _ subject: String) -> LanguageModelError {
    LanguageModelError(
      .invalidInput,
      message,
      subject: subject,
      remedy: "Give each tensor a name of its own and as many values as its shape has places."
    )
  }

  private static func unwritable(_ url: URL, _ error: any Error) -> LanguageModelError {
    LanguageModelError(
      .unwritableFile,
      "The weights cannot be written.",
      subject: url.path,
      cause: error.localizedDescription,
      remedy: "Check that there is room on the disk and that you may write there."
    )
  }
}
