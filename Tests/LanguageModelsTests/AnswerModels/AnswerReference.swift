import Foundation
import LanguageModels

/// The answer model written to be read: one pass over prefix and answer rows together, in 64-bit
/// floats, with nothing kept and nothing shared.
struct AnswerReference {
  typealias Vector = [Double]

  let weights: SafetensorsFile
  let base: SafetensorsFile
  let configuration: BertConfiguration

  /// What a row says: the probability of copying, where from, and the vocabulary's distribution.
  struct Row {
    var gate: Double
    var copies: Vector
    var words: Vector
  }

  /// The rows of an answer, given the tokens fed in and where each was copied from.
  func rows(_ prompt: AnswerPrompt, inputs: [Int32], sources: [Int?]) throws -> [Row] {
    let prefix = prompt.ids.count
    var states = try embed(prompt, inputs)
    for index in 0..<configuration.layers { states = try layer(index, states, prefix: prefix) }
    return try inputs.indices.map { row in
      var z = states[prefix + row]
      if let source = sources[row] {
        z = sum(z, product(try matrix("copy.carry.weight"), states[source]))
      }
      let query = try linear("copy.query", z)
      let key = try matrix("copy.key.weight")
      let next = try vector("copy.next")[0]
      let scores = prompt.copyable.map { position in
        dot(query, product(key, states[position])) / Double(z.count).squareRoot()
          + (sources[row].map { $0 + 1 == position } == true ? next : 0)
      }
      let gate = dot(try matrix("copy.gate.weight")[0], z) + (try vector("copy.gate.bias")[0])
      let u = try norm(
        "vocabulary.norm",
        try linear("vocabulary.transform", z).map(Self.gelu)
      )
      let embeddings = try rows(base, "embeddings.word_embeddings.weight")
      let logits = zip(embeddings, try vector("vocabulary.bias")).map { dot($0, u) + $1 }
      return Row(
        gate: scores.isEmpty ? 0 : 1 / (1 + exp(-gate)),
        copies: softmax(scores),
        words: softmax(logits)
      )
    }
  }

  private func embed(_ prompt: AnswerPrompt, _ inputs: [Int32]) throws -> [Vector] {
    let words = try rows(base, "embeddings.word_embeddings.weight")
    let positions = try rows(base, "embeddings.position_embeddings.weight")
    let types = try rows(base, "embeddings.token_type_embeddings.weight")
    let answer = try vector("answer.type")
    return try (prompt.ids + inputs).enumerated().map { position, id in
      var value = sum(words[Int(id)], positions[position])
      if position < prompt.ids.count {
        value = sum(value, types[prompt.types[position]])
      } else {
        value = sum(sum(value, types[0]), answer)
      }
      return try norm("embeddings.LayerNorm", value, base)
    }
  }

  /// Prefix rows see the prefix; answer rows see it and the answer up to themselves.
  private func layer(_ index: Int, _ states: [Vector], prefix: Int) throws -> [Vector] {
    let name = "encoder.layer.\(index)."
    let queries = try states.map { try linear(name + "attention.self.query", $0) }
    let keys = try states.map { try linear(name + "attention.self.key", $0) }
    let values = try states.map { try linear(name + "attention.self.value", $0) }
    let size = configuration.hiddenSize / configuration.heads
    return try states.indices.map { row in
      var context: Vector = []
      for head in 0..<configuration.heads {
        let columns = head * size..<(head + 1) * size
        let seen = 0..<max(prefix, row + 1)
        let weights = softmax(
          seen.map {
            dot(Array(queries[row][columns]), Array(keys[$0][columns])) / Double(size).squareRoot()
          }
        )
        var mean = Vector(repeating: 0, count: size)
        for (weight, position) in zip(weights, seen) {
          mean = sum(mean, values[position][columns].map { $0 * weight })
        }
        context += mean
      }
      let attended = try norm(
        name + "attention.output.LayerNorm",
        sum(states[row], try linear(name + "attention.output.dense", context))
      )
      let inner = try linear(name + "intermediate.dense", attended).map(Self.gelu)
      return try norm(
        name + "output.LayerNorm",
        sum(attended, try linear(name + "output.dense", inner))
      )
    }
  }

  private func linear(_ name: String, _ x: Vector) throws -> Vector {
    sum(product(try matrix(name + ".weight"), x), try vector(name + ".bias"))
  }

  private func norm(_ name: String, _ x: Vector, _ file: SafetensorsFile? = nil) throws -> Vector {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let gamma = try vector(name + ".weight", file)
    let beta = try vector(name + ".bias", file)
    let deviation = (variance + Double(configuration.layerNormEpsilon)).squareRoot()
    return x.indices.map { (x[$0] - mean) / deviation * gamma[$0] + beta[$0] }
  }

  private func softmax(_ x: Vector) -> Vector {
    let powers = x.map { exp($0 - (x.max() ?? 0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  private static func gelu(_ x: Double) -> Double { x * 0.5 * erfc(-x / 2.0.squareRoot()) }

  private func product(_ rows: [Vector], _ x: Vector) -> Vector { rows.map { dot($0, x) } }

  private func dot(_ a: Vector, _ b: Vector) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private func sum(_ a: Vector, _ b: Vector) -> Vector { zip(a, b).map { $0 + $1 } }

  private func matrix(_ name: String) throws -> [Vector] { try rows(weights, name) }

  private func vector(_ name: String, _ file: SafetensorsFile? = nil) throws -> Vector {
    let file = file ?? weights
    return try file.floats(name, shape: file.description(of: name)?.shape ?? []).map(Double.init)
  }

  private func rows(_ file: SafetensorsFile, _ name: String) throws -> [Vector] {
    let shape = file.description(of: name)?.shape ?? []
    let values = try file.floats(name, shape: shape).map(Double.init)
    return (0..<shape[0]).map { Array(values[$0 * shape[1]..<($0 + 1) * shape[1]]) }
  }
}
