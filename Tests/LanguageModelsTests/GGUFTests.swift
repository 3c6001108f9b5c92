import Foundation
import Kernels
import LanguageModels
import TestSupport
import Testing

@Suite struct GGUFTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func open(_ bytes: [UInt8]) throws -> GGUFFile {
    try GGUFFile(try folder.write(Data(bytes), to: "model.gguf"))
  }

  private func expectRefusal(_ bytes: [UInt8], _ part: String) {
    let error = #expect(throws: LanguageModelError.self) { try open(bytes) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test func metadataAndTensorsAreRead() throws {
    var writer = GGUFBytes()
    writer.add("a.text", .string("héllo"))
    writer.add("a.whole", .integer(-5))
    writer.add("a.number", .float(0.25))
    writer.add("a.flag", .bool(true))
    writer.add("a.texts", .strings(["x", "", "yz"]))
    writer.add("a.wholes", .integers([1, -2]))
    writer.add("a.numbers", .floats([1.5]))
    writer.add(
      tensor: "t",
      type: 0,
      sides: [3, 2],
      values: [0, 0, 0x80, 0x3f] + Array(repeating: 0, count: 20)
    )
    writer.add(tensor: "u", type: 8, sides: [32], values: Array(repeating: 1, count: 34))
    let file = try open(writer.bytes)
    #expect(file.string("a.text") == "héllo")
    #expect(file.integer("a.whole") == -5)
    #expect(file.number("a.number") == 0.25 && file.number("a.whole") == -5)
    #expect(file.bool("a.flag") == true)
    #expect(file.metadata["a.texts"] == .strings(["x", "", "yz"]))
    #expect(file.metadata["a.wholes"] == .integers([1, -2]))
    #expect(file.metadata["a.numbers"] == .floats([1.5]))
    #expect(file.tensors["t"]?.shape == [2, 3] && file.tensors["t"]?.type == .f32)
    #expect(file.tensors["u"]?.type == .q80)
    #expect(file.string("a.whole") == nil && file.integer("none") == nil)
  }

  @Test func whatIsNoGGUFOrOfAnotherVersionIsRefused() throws {
    expectRefusal([], "GGUF")
    expectRefusal(Array("PK\u{3}\u{4}........".utf8), "GGUF")
    var old = GGUFBytes()
    old.version = 1
    expectRefusal(old.bytes, "version 1")
    var swapped = GGUFBytes()
    swapped.version = 0x0300_0000
    expectRefusal(swapped.bytes, "big-endian")
  }

  @Test func falseCountsAreRefusedBeforeMemoryIsTaken() throws {
    var file = GGUFBytes()
    file.tensorCount = .max >> 1
    expectRefusal(file.bytes, "tensors")
    file.tensorCount = .max
    expectRefusal(file.bytes, "size")
    file = GGUFBytes()
    file.valueCount = 1 << 60
    expectRefusal(file.bytes, "metadata")
    // A text, and arrays, longer than the file.
    for type: [UInt8] in [[8], [9, 0, 0, 0, 0, 0, 0, 0], [9, 0, 0, 0, 8, 0, 0, 0]] {
      file = GGUFBytes()
      let value = type.count == 1 ? [8, 0, 0, 0] : type
      file.add(key: "k", raw: value + [255, 255, 255, 255, 255, 255, 255, 0])
      expectRefusal(file.bytes, "ends")
    }
  }

  @Test func tensorsThatCannotBeAreRefused() throws {
    func file(_ change: (inout GGUFBytes) -> Void) -> [UInt8] {
      var bytes = GGUFBytes()
      change(&bytes)
      return bytes.bytes
    }
    let four = [UInt8](repeating: 0, count: 16)
    expectRefusal(
      file { $0.add(tensor: "t", type: 99, sides: [4], values: four) },
      "type number 99"
    )
    expectRefusal(file { $0.add(tensor: "t", type: 8, sides: [33], values: four) }, "Q8_0")
    expectRefusal(file { $0.add(tensor: "t", type: 0, sides: [], values: four) }, "sides")
    expectRefusal(
      file { $0.add(tensor: "t", type: 0, sides: [1, 1, 1, 1, 4], values: four) },
      "sides"
    )
    expectRefusal(file { $0.add(tensor: "t", type: 0, sides: [5], values: four) }, "outside")
    expectRefusal(
      file { $0.add(tensor: "t", type: 0, sides: [1 << 40, 1 << 40], values: four) },
      "impossible"
    )
    expectRefusal(file { $0.add(tensor: "t", type: 0, sides: [.max], values: four) }, "size")
    expectRefusal(
      file {
        $0.add(tensor: "t", type: 0, sides: [4], values: four)
        $0.add(tensor: "t", type: 0, sides: [4], values: four)
      },
      "two tensors"
    )
    expectRefusal(
      file {
        $0.add(tensor: "t", type: 0, sides: [16], values: four + four + four + four)
        $0.add(tensor: "u", type: 0, sides: [4], values: four, offset: 32)
      },
      "overlaps"
    )
    expectRefusal(
      file { $0.add(tensor: "t", type: 0, sides: [4], values: four, offset: 4) },
      "aligned"
    )
    expectRefusal(
      file { $0.add(tensor: "t", type: 0, sides: [4], values: four, offset: 1 << 62) },
      "outside"
    )
    expectRefusal(
      file {
        $0.add("k", .integer(1))
        $0.add("k", .integer(2))
      },
      "two values"
    )
    expectRefusal(file { $0.add("general.alignment", .integer(0)) }, "alignment")
    expectRefusal(file { $0.add("general.alignment", .integer(24)) }, "alignment")
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = [UInt8](try Data(contentsOf: DecoderFixture(name: "qwen2").gguf))
    var random = SplitMix64(seed: 3)
    for length in Array(0..<200)
      + (0..<100).map({ _ in Int.random(in: 200..<whole.count - 32, using: &random) })
    {
      #expect(throws: LanguageModelError.self) { try open(Array(whole.prefix(length))) }
    }
  }

  @Test func mutatedFilesNeverTrap() throws {
    for (seed, name) in ["llama", "phi4-mini", "gemma3"].enumerated() {
      let refused = try Mutation.survive(
        DecoderFixture(name: name).gguf,
        seed: UInt64(seed),
        count: 200,
        headBytes: 4500
      ) { url in
        let decoder = try CausalDecoder(gguf: GGUFFile(url), precision: .int8)
        _ = try decoder.forward([1, 2, 3], cache: decoder.makeCache(capacity: 8))
      }
      #expect(refused > 50)
    }
  }

  @Test func aFileOfMixedEncodingsHasTheLogitsOfItsValues() throws {
    let fixture = DecoderFixture(name: "mixed")
    let file = try GGUFFile(fixture.gguf)
    let run = try #require(try fixture.runs().first)
    func logits(_ precision: WeightPrecision) throws -> [[Float]] {
      let decoder = try CausalDecoder(gguf: file, precision: precision)
      return try decoder.forward(run.ids, cache: decoder.makeCache(), logits: .all)
    }
    #expect(Set(file.tensors.values.map(\.type)).count == 8)
    #expect(try largestDifference(logits(.float32), run.logits) <= 1e-4)
    // With 4 bits, the tensors of 4 bits keep their codes and the others have 8: only the
    // activations and the scales are rounded.
    #expect(try largestDifference(logits(.int8), run.logits) <= 0.15)
    #expect(try largestDifference(logits(.int4), run.logits) <= 0.15)
  }

  @Test func anUnknownArchitectureIsNamedWithWhatIsSupported() throws {
    var file = GGUFBytes()
    file.add("general.architecture", .string("mamba"))
    let bytes = file.bytes
    let error = #expect(throws: LanguageModelError.self) {
      try CausalDecoder(gguf: open(bytes), precision: .int8)
    }
    #expect(error?.code == .unsupportedModel)
    #expect(error?.message.contains("mamba") == true)
    #expect(error?.remedy.contains("llama, mistral, qwen2, qwen3, phi3, gemma2, gemma3") == true)
  }
}
