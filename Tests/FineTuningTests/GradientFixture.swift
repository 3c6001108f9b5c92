import Datasets
import FineTuning
import Foundation
import Kernels
import LanguageModels

/// A tiny model with the losses and gradients that PyTorch and PEFT find for it.
struct GradientFixture {
  struct Expected: Decodable {
    struct Example: Decodable {
      var ids: [Int32]?
      var learnt: [Bool]?
      var question: [Int32]?
      var passage: [Int32]?
      var negative: [Int32]?
      var types: [Int]?
      var label: Float?
    }

    let examples: [Example]
    let loss: [String: Double]
  }

  let folder: URL
  let expected: Expected
  let values: SafetensorsFile

  static let place = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  /// Reads what the scripts wrote.
  static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }()

  init(_ name: String) throws {
    folder = Self.place.appendingPathComponent("gradients/\(name)")
    expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
    )
    values = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
  }

  /// The decoder's examples.
  var encoded: [EncodedExample] {
    expected.examples.map { EncodedExample(tokens: $0.ids ?? [], isLearnt: $0.learnt ?? []) }
  }

  /// Gives the parameters the values that PEFT saved.
  static func load(_ parameters: [Parameter], from adapter: URL) throws {
    let file = try SafetensorsFile(adapter.appendingPathComponent("adapter_model.safetensors"))
    for parameter in parameters {
      let name = "base_model.model." + parameter.name
      guard let shape = file.description(of: name)?.shape else { continue }
      let values = try file.floats(name, shape: shape)
      let columns = parameter.value.columns
      for row in 0..<parameter.value.rows {
        parameter.value.withRow(row) { target in
          for column in target.indices { target[column] = values[row * columns + column] }
        }
      }
    }
  }

  /// For each tensor ‖ours − theirs‖ / ‖theirs‖, by its name.
  ///
  /// - Parameters:
  ///   - kind: what the reference trained, such as `adapter`.
  ///   - tensors: ours; parameters of several layers, whose names are joined by "+", are compared part
  ///     by part.
  /// - Returns: the differences.
  /// - Throws: what reading the reference throws.
  func differences(
    _ kind: String,
    _ tensors: [(name: String, matrix: Matrix)]
  ) throws -> [String: Double] {
    var result: [String: Double] = [:]
    for (name, matrix) in tensors {
      let ending = name.hasSuffix(".bias") ? ".bias" : ".weight"
      let isFused = name.contains("+")
      var place = 0
      let flat = (0..<matrix.rows).flatMap { matrix.row($0) }
      for path in name.replacingOccurrences(of: ending, with: "").split(separator: "+") {
        let full = isFused ? path + ending : Substring(name)
        guard let shape = values.description(of: kind + "/" + full)?.shape else {
          // The gradient of a key bias is zero, and not in the reference.
          if full.hasSuffix("key.bias") { place += matrix.columns / 3 }
          continue
        }
        let theirs = try values.floats(kind + "/" + full, shape: shape)
        var difference = 0.0
        var length = 0.0
        for (index, value) in theirs.enumerated() {
          let step = Double(flat[place + index]) - Double(value)
          difference += step * step
          length += Double(value) * Double(value)
        }
        result[String(full)] = (difference / length).squareRoot()
        place += theirs.count
      }
    }
    return result
  }

  /// How many tensors the reference has of a kind.
  func count(_ kind: String) -> Int { values.names.count { $0.hasPrefix(kind + "/") } }
}
