import Foundation
import LanguageModels
import TestSupport
import Testing

@Suite struct ShardedWeightsTests {
  let folder: TemporaryDirectory
  let fixture = DecoderFixture(name: "qwen3")

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write(
      Data(contentsOf: fixture.folder.appendingPathComponent("config.json")),
      to: "config.json"
    )
  }

  /// Writes the fixture's weights as two files and their index.
  private func split(index change: (inout [String: String]) -> Void = { _ in }) throws {
    let whole = try WeightFile(fixture.folder.appendingPathComponent("model.safetensors"))
    var map: [String: String] = [:]
    var parts: [(header: [String: Any], values: Data)] = [([:], Data()), ([:], Data())]
    for (number, name) in whole.header.keys.filter({ $0 != "__metadata__" }).sorted().enumerated() {
      guard var entry = whole.header[name] as? [String: Any],
        let offsets = entry["data_offsets"] as? [Int]
      else { continue }
      let start = parts[number % 2].values.count
      parts[number % 2].values +=
        whole.values[
          whole.values.startIndex + offsets[0]..<whole.values.startIndex + offsets[1]
        ]
      entry["data_offsets"] = [start, parts[number % 2].values.count]
      parts[number % 2].header[name] = entry
      map[name] = "model-0000\(number % 2 + 1)-of-00002.safetensors"
    }
    for (number, part) in parts.enumerated() {
      try folder.write(
        WeightFile.data(
          header: JSONSerialization.data(withJSONObject: part.header),
          values: part.values
        ),
        to: "model-0000\(number + 1)-of-00002.safetensors"
      )
    }
    change(&map)
    try folder.write(
      JSONSerialization.data(withJSONObject: ["metadata": [:], "weight_map": map]),
      to: "model.safetensors.index.json"
    )
  }

  private func decoder() throws -> CausalDecoder {
    try CausalDecoder(folder: folder.url, precision: .float32)
  }

  @Test func shardsAreReadAsOne() throws {
    try split()
    let run = try #require(try fixture.runs().first)
    let decoder = try decoder()
    let logits = try decoder.forward(run.ids, cache: decoder.makeCache(), logits: .all)
    #expect(largestDifference(logits, run.logits) <= 1e-4)
  }

  @Test func anIndexMayOnlyNameFilesOfItsFolder() throws {
    for name in ["../model-00001-of-00002.safetensors", "/etc/passwd", "notes.txt"] {
      try split { $0["model.norm.weight"] = name }
      let error = #expect(throws: LanguageModelError.self) { try decoder() }
      #expect(error?.code == .malformedWeights)
    }
  }

  @Test func missingShardsAndWrongPlacesAreNamed() throws {
    try split { $0["model.norm.weight"] = "model-00003-of-00003.safetensors" }
    #expect(throws: LanguageModelError.self) { try decoder() }
    try split { $0["model.none"] = "model-00001-of-00002.safetensors" }
    let error = #expect(throws: LanguageModelError.self) { try decoder() }
    #expect(error?.message.contains("model.none") == true)
    try split { $0["model.norm.weight"] = nil }
    let missing = #expect(throws: LanguageModelError.self) { try decoder() }
    #expect(missing?.code == .weightMismatch)
    #expect(missing?.message.contains("model.norm.weight") == true)
  }
}
