import Foundation

/// `model.safetensors.index.json`: which file holds which weight.
enum ShardIndex {
  /// An index of a model with a hundred thousand weights takes a tenth of this.
  static let sizeLimit = 64 << 20
  private static let shardLimit = 10_000

  private struct Content: Decodable {
    let weightMap: [String: String]

    enum CodingKeys: String, CodingKey {
      case weightMap = "weight_map"
    }
  }

  /// Why an index cannot be used.
  struct Fault: Error {
    let message: String
  }

  /// The files that an index names, in order, each once.
  ///
  /// - Throws: ``Fault`` if it cannot be read, or names files that do not stand beside it.
  static func shards(_ file: URL) throws(Fault) -> [String] {
    guard let size = FileDigest.size(of: file), size <= sizeLimit,
      let data = try? Data(contentsOf: file),
      let content = try? JSONDecoder().decode(Content.self, from: data)
    else {
      throw Fault(message: "The file \(file.lastPathComponent) holds no “weight_map” of files.")
    }
    let names = Set(content.weightMap.values).sorted()
    for name in names {
      guard SafePath.isRelative(name), !name.contains("/"), name.hasSuffix(".safetensors") else {
        throw Fault(
          message: "The file \(file.lastPathComponent) names “\(ModelCache.printable(name))”, "
            + "which is no safetensors file beside it."
        )
      }
    }
    // On a disk that does not tell the letters' case apart they would be one file.
    guard !names.isEmpty, names.count <= shardLimit,
      Set(names.map { $0.lowercased() }).count == names.count
    else {
      throw Fault(
        message: "The file \(file.lastPathComponent) names \(names.count) files, or one twice."
      )
    }
    return names
  }
}
