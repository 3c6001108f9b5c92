package import Foundation

/// The safetensors files of a model folder: `model.safetensors`, or the shards that
/// `model.safetensors.index.json` names.
package struct SafetensorsFolder {
  package let path: String
  /// The files, one or all shards.
  package let files: [SafetensorsFile]
  /// Which file holds a weight.
  private let places: [String: Int]

  private struct Index: Decodable {
    let weightMap: [String: String]

    enum CodingKeys: String, CodingKey {
      case weightMap = "weight_map"
    }
  }

  /// Opens the weight files of a folder.
  ///
  /// - Throws: `LanguageModelError` if files are absent or damaged, or the index names what is not
  ///   there.
  package init(_ folder: URL) throws(LanguageModelError) {
    path = folder.path
    let indexFile = folder.appendingPathComponent("model.safetensors.index.json")
    guard let index: Index = try SettingsFile.readIfPresent(indexFile) else {
      let file = try SafetensorsFile(folder.appendingPathComponent("model.safetensors"))
      files = [file]
      places = Dictionary(uniqueKeysWithValues: file.names.map { ($0, 0) })
      return
    }
    var files: [SafetensorsFile] = []
    var numbers: [String: Int] = [:]
    for name in Set(index.weightMap.values).sorted() {
      // A shard lies beside its index, wherever a hostile index would like it to be.
      guard !name.contains("/"), name.hasSuffix(".safetensors") else {
        throw LanguageModelError(
          .malformedWeights,
          "It names the file \"\(name.prefix(80))\", which is no safetensors file of this folder.",
          subject: indexFile.path,
          remedy: LanguageModelError.getItAgain
        )
      }
      numbers[name] = files.count
      files.append(try SafetensorsFile(folder.appendingPathComponent(name)))
    }
    var places: [String: Int] = [:]
    for (weight, name) in index.weightMap {
      guard let number = numbers[name], files[number].contains(weight) else {
        throw LanguageModelError(
          .malformedWeights,
          "The weight \"\(weight.prefix(120))\" is not in \(name.prefix(80)), where the index puts it.",
          subject: indexFile.path,
          remedy: LanguageModelError.getItAgain
        )
      }
      places[weight] = number
    }
    self.files = files
    self.places = places
  }

  /// The names of all weights, sorted.
  package var names: [String] { places.keys.sorted() }

  /// Type, shape and bytes of a weight as it is stored; `nil` if there is none of this name. The bytes
  /// are valid while this folder's value, or a copy of it, lives.
  package func stored(
    _ name: String
  ) -> (type: TensorType, shape: [Int], bytes: UnsafeRawBufferPointer)? {
    guard let file = places[name].map({ files[$0] }),
      let (type, shape) = file.description(of: name),
      let bytes = file.bytes(of: name)
    else { return nil }
    return (type, shape, bytes)
  }

  package func shape(of name: String) -> [Int]? {
    places[name].flatMap { files[$0].description(of: name)?.shape }
  }

  package func read(
    _ name: String,
    rows: Range<Int>,
    into values: UnsafeMutableBufferPointer<Float>
  ) throws(LanguageModelError) {
    guard let place = places[name] else {
      throw mismatch("The weight \"\(name)\" is missing.")
    }
    try files[place].read(name, rows: rows, into: values)
  }
}

extension SafetensorsFolder: WeightSource {
  package func letGo() { for file in files { file.letGo() } }
}
