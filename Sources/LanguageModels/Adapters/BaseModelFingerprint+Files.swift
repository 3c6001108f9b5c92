public import Foundation
import Kernels

extension BaseModelFingerprint {
  /// Beside packed weights, the fingerprint of what they were made from.
  static let fileName = "base_fingerprint.txt"

  private static let sample = 4096

  /// The fingerprint of a model's folder or file; `nil` for packed weights that were made without one.
  ///
  /// - Throws: `LanguageModelError` if there is no model, or its files are damaged.
  public init?(modelAt url: URL) throws(LanguageModelError) {
    switch try ModelFolder(url) {
    case .safetensors(let folder): self = try Self(weights: SafetensorsFolder(folder))
    case .gguf(let file): self = try Self(weights: GGUFFile(file))
    case .packed(_, let folder):
      let file = folder.appendingPathComponent(Self.fileName)
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
      self.init(text: text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  /// Writes it beside packed weights.
  func write(to folder: URL) throws {
    try Data((text + "\n").utf8)
      .write(to: folder.appendingPathComponent(Self.fileName), options: .atomic)
  }

  private init(weights: SafetensorsFolder) throws(LanguageModelError) {
    var hash = SHA256()
    for name in weights.names {
      guard let (type, shape, bytes) = weights.stored(name) else { continue }
      Self.add(name, type.rawValue, shape, bytes, to: &hash)
    }
    text = "safetensors-sha256:" + hash.hexadecimal()
  }

  private init(weights: GGUFFile) throws(LanguageModelError) {
    var hash = SHA256()
    for (name, tensor) in weights.tensors.sorted(by: { $0.key < $1.key }) {
      let bytes = weights.bytes(of: tensor)
      Self.add(name, tensor.type.name, tensor.shape, bytes, to: &hash)
    }
    text = "gguf-sha256:" + hash.hexadecimal()
  }

  private static func add(
    _ name: String,
    _ type: String,
    _ shape: [Int],
    _ bytes: UnsafeRawBufferPointer,
    to hash: inout SHA256
  ) {
    hash.update("\(name)\n\(type)\n\(shape)\n".utf8)
    guard bytes.count > 3 * sample else {
      hash.update(bytes)
      return
    }
    for start in [0, (bytes.count - sample) / 2, bytes.count - sample] {
      hash.update(bytes[start..<start + sample])
    }
  }
}
