import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  private func open(_ data: Data) throws -> SafetensorsFile {
    try SafetensorsFile(try folder.write(data, to: "model.safetensors"))
  }

  private func open(_ header: String, values: [UInt8] = [], length: UInt64? = nil) throws
    -> SafetensorsFile
  {
    try open(WeightFile.data(header: Data(header.utf8), values: Data(values), length: length))
  }

  @Test func threeKindsOfFloatsAreRead() throws {
    let header = """
      {"__metadata__":{"format":"pt"},
       "single":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
       "half":{"dtype":"F16","shape":[2,3],"data_offsets":[8,20]},
       "brain":{"dtype":"BF16","shape":[1,2],"data_offsets":[20,24]}}
      """
    let values: [UInt8] = [
      0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,  // 1, -2
      0, 0x3c, 0, 0xc0, 1, 0, 0xff, 0x7b, 0, 0x7c, 0, 0x80,  // 1, -2, 2⁻²⁴, 65504, ∞, -0
      0x80, 0x3f, 0x49, 0x40,  // 1, 3.140625
    ]
    let file = try open(header, values: values)
    #expect(file.names == ["brain", "half", "single"])
    #expect(try file.floats("single", shape: [2]) == [1, -2])
    #expect(
      try file.floats("half", shape: [2, 3]) == [1, -2, 0x1p-24, 65504, .infinity, -0]
    )
    #expect(try file.floats("brain", shape: [1, 2]) == [1, 3.140625])
    #expect(file.description(of: "half")?.type == .float16)
    let error = #expect(throws: LanguageModelError.self) { try file.floats("half", shape: [3, 2]) }
    #expect(error?.code == .weightMismatch)
    #expect(throws: LanguageModelError.self) { try file.floats("none", shape: [1]) }
  }

  @Test(arguments: [
    // Not covered, overlapping, backwards, negative, beyond the end, too large to multiply.
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-8,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551616]}}"#,
    #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[2]}}"#,
    #"{"a":7}"#, #"[1]"#, #"{"a""#, "", "{",
    #"{"\u001b[2J":{"dtype":"?","shape":[],"data_offsets":[0,8]}}"#,
  ])
  func headersThatBreakTheRulesAreRefused(header: String) {
    let error = #expect(throws: LanguageModelError.self) {
      try open(header, values: [UInt8](repeating: 0, count: 8))
    }
    #expect(error?.code == .malformedWeights)
    #expect(error?.subject.hasSuffix("model.safetensors") == true)
    #expect(error?.message.contains("\u{1b}") == false)
  }

  @Test(arguments: [UInt64.max, UInt64(Int64.max), 1 << 32, 100_000_001, 3])
  func lengthsThatTheFileDoesNotHaveAreRefused(length: UInt64) {
    #expect(throws: LanguageModelError.self) { try open("{}", length: length) }
  }

  @Test func deeplyNestedHeadersAreRefused() {
    for depth in [600, 200_000] {
      let header =
        #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        + "}"
      #expect(throws: LanguageModelError.self) { try open(header) }
    }
  }

  @Test func absentFilesAndFoldersAreNamed() {
    let absent = folder.url.appendingPathComponent("absent.safetensors")
    let error = #expect(throws: LanguageModelError.self) { try SafetensorsFile(absent) }
    #expect(error?.code == .missingFile)
    #expect(error?.subject == absent.path)
    #expect(throws: LanguageModelError.self) { try SafetensorsFile(folder.url) }
  }

  @Test func truncatedFilesAreRefusedAtEveryLength() throws {
    let whole = try Data(contentsOf: TestModels.tiny.appendingPathComponent("model.safetensors"))
    var random = SplitMix64(seed: 41)
    for _ in 0..<150 {
      let length = Int.random(in: 0..<whole.count, using: &random)
      let error = #expect(throws: LanguageModelError.self) { try open(whole.prefix(length)) }
      #expect(error?.code == .malformedWeights)
    }
  }

  /// Whatever is changed in the header, the model is refused or loads; it never traps.
  @Test func mutatedHeadersNeverTrap() throws {
    let whole = try Data(contentsOf: TestModels.tiny.appendingPathComponent("model.safetensors"))
    let length = whole.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let configuration = try BertConfiguration(TestModels.tiny.appendingPathComponent("config.json"))
    let alphabet = Array("0123456789-[]{}\",:.eF".utf8)
    var random = SplitMix64(seed: 42)
    var refused = 0
    for _ in 0..<400 {
      var data = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<8 + length, using: &random)
        data[place] =
          place % 5 == 0
          ? UInt8.random(in: 0...255, using: &random)
          : alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      do {
        let file = try open(data)
        let encoder = try BertEncoder(
          configuration: configuration,
          weights: file,
          kernels: .active()
        )
        _ = try encoder.lastHiddenState([[1, 2, 3]])
      } catch is LanguageModelError {
        refused += 1
      }
    }
    #expect(refused > 200)
  }
}
