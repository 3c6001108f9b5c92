import FineTuning
import Foundation
import LanguageModels
import Testing

/// A tiny answer model with the losses and gradients that its PyTorch twin finds.
struct AnswerFixture {
  struct Expected: Decodable {
    struct Example: Decodable {
      let name: String
      let ids: [Int32]
      let types: [Int]
      let copyable: [Int]
      let targets: [Int32]
      let aligned: [[Int]]
      let logProbabilities: [Double]
    }

    let loss: Double
    let examples: [Example]
  }

  let folder = GradientFixture.place.appendingPathComponent("answer-model")
  let expected: Expected
  let values: SafetensorsFile

  var base: URL { folder.appendingPathComponent("base") }

  init() throws {
    expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json"))
    )
    values = try SafetensorsFile(folder.appendingPathComponent("expected.safetensors"))
  }

  var readings: [EncodedReading] {
    expected.examples.map {
      EncodedReading(
        prefix: $0.ids,
        types: $0.types,
        copyable: $0.copyable[0]..<$0.copyable[1],
        start: 101,
        targets: $0.targets,
        places: $0.aligned
      )
    }
  }

  /// What the twin has for a parameter; what lies side by side here stands alone there.
  func values(_ prefix: String, of parameter: Parameter) throws -> [Float] {
    let ending = parameter.name.hasSuffix(".bias") ? ".bias" : ".weight"
    let hasEnding = parameter.name.hasSuffix(ending)
    let names = parameter.name.dropLast(hasEnding ? ending.count : 0).split(separator: "+")
    return try names.flatMap { name in
      let name = prefix + name + (hasEnding ? ending : "")
      let shape = try #require(values.description(of: name)?.shape)
      return try values.floats(name, shape: shape)
    }
  }
}
