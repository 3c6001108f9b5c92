import Foundation
import LanguageModels

/// The files of a model's folder that are not its weights.
enum ModelFiles {
  private static let indexName = "model.safetensors.index.json"
  /// Weights in other forms, which an adapter does not change.
  private static let weightEndings: Set<String> = [
    "safetensors", "bin", "gguf", "onnx", "h5", "msgpack", "pt", "pth", "ot", "attune", "tflite",
  ]
  /// What says something of the weights that stand beside it.
  private static let recordNames: Set<String> = ["base_fingerprint.txt", "attune-model.json"]
  /// More than any settings file or vocabulary has.
  private static let largest = 256 << 20

  /// Copies settings, vocabulary and licences, those of modules in folders of their own too; states the
  /// type of the weights where that changes.
  static func copy(from base: URL, to folder: URL, type: TensorType?) throws {
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: base.path).sorted() {
      let source = base.appendingPathComponent(name)
      let values = try source.resolvingSymlinksInPath()
        .resourceValues(forKeys: [.isDirectoryKey, .isRegularFileKey, .fileSizeKey])
      let isModule = name.first?.isNumber == true && name.contains("_")
      if values.isDirectory == true, isModule {
        let inner = folder.appendingPathComponent(name)
        try manager.createDirectory(at: inner, withIntermediateDirectories: true)
        for file in try manager.contentsOfDirectory(atPath: source.path)
        where file.hasSuffix(".json") {
          try Data(contentsOf: source.appendingPathComponent(file))
            .write(to: inner.appendingPathComponent(file))
        }
        continue
      }
      guard values.isRegularFile == true, (values.fileSize ?? 0) <= largest, !name.hasPrefix("."),
        name != indexName, !recordNames.contains(name),
        !weightEndings.contains(source.pathExtension.lowercased())
      else { continue }
      var data = try Data(contentsOf: source)
      if name == "config.json", let type { data = stating(type, in: data) }
      try data.write(to: folder.appendingPathComponent(name))
    }
  }

  /// Copies the list of shards, where there is one, with the new sum of their sizes.
  static func copyIndex(from base: URL, to folder: URL, totalSize: Int) throws {
    let file = base.appendingPathComponent(indexName)
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing(/"total_size"\s*:\s*[0-9.]+/, with: "\"total_size\": \(totalSize)")
    try Data(text.utf8).write(to: folder.appendingPathComponent(indexName))
  }

  /// A `config.json` that names another type of weights, otherwise letter by letter the same.
  private static func stating(_ type: TensorType, in configuration: Data) -> Data {
    let name =
      switch type {
      case .float16: "float16"
      case .bfloat16: "bfloat16"
      default: "float32"
      }
    guard let text = String(data: configuration, encoding: .utf8) else { return configuration }
    return Data(
      text.replacing(/"(torch_dtype|dtype)"\s*:\s*(?:"[a-z0-9_.]*"|null)/) {
        "\"\($0.1)\": \"\(name)\""
      }.utf8
    )
  }
}
