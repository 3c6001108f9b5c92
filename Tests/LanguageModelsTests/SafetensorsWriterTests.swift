import Foundation
import LanguageModels
import TestSupport
import Testing

@Suite struct SafetensorsWriterTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  private var file: URL { folder.url.appendingPathComponent("adapter.safetensors") }

  @Test func whatIsWrittenIsReadBack() throws {
    var random = SplitMix64(seed: 3)
    let long = (0..<600_001).map { _ in Float(random.normal()) }
    try SafetensorsWriter.write(
      [
        (name: "z", shape: [2, 2], values: { [1, -2, .infinity, 0.1] }),
        (name: "a/\"b\"", shape: [600_001], values: { long }),
        (name: "empty", shape: [0, 4], values: { [] }),
      ],
      metadata: ["format": "pt"],
      to: file
    )
    let read = try SafetensorsFile(file)
    #expect(read.metadata == ["format": "pt"])
    #expect(read.names == ["a/\"b\"", "empty", "z"])
    #expect(try read.floats("z", shape: [2, 2]) == [1, -2, .infinity, 0.1])
    #expect(try read.floats("a/\"b\"", shape: [600_001]) == long)
    let data = try Data(contentsOf: file)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
    let header = try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any]
    #expect(header?["__metadata__"] as? [String: String] == ["format": "pt"])
  }

  /// Every 16-bit float survives, and what lies between two goes to the nearer, halfway to the even.
  @Test func halvesAreRounded() throws {
    let kinds: [(TensorType, [(Float, Float)])] = [
      (
        .float16,
        [
          (1 + 0x1p-11, 1), (1 + 3 * 0x1p-11, 1 + 0x1p-9), (1 + 0x1.001p-11, 1 + 0x1p-10),
          (65519, 65504), (65520, .infinity), (0x1p-25, 0), (0x1.002p-25, 0x1p-24),
          (-1e9, -.infinity),
          (0x1.8p-24, 0x1p-23), (0x1.ff8p-15, 0x1.ff8p-15), (0x1.fffp-15, 0x1p-14), (-0x1p-30, -0),
        ]
      ),
      (
        .bfloat16,
        [
          (1 + 0x1p-8, 1), (1 + 3 * 0x1p-8, 1 + 0x1p-6), (3.4e38, .infinity), (0x1p-140, 0),
          (0.1, 0.10009765625),
        ]
      ),
    ]
    for (type, pairs) in kinds {
      try SafetensorsWriter.write(
        [(name: "x", shape: [pairs.count], values: { pairs.map(\.0) })],
        as: type,
        to: file
      )
      let values = try SafetensorsFile(file).floats("x", shape: [pairs.count])
      #expect(values == pairs.map(\.1), "\(type)")
    }
    let all = (0..<UInt32(1 << 16)).map { Float(bitPattern: $0 << 16) }.filter { !$0.isNaN }
    try SafetensorsWriter.write(
      [(name: "x", shape: [all.count], values: { all })],
      as: .bfloat16,
      to: file
    )
    #expect(try SafetensorsFile(file).floats("x", shape: [all.count]) == all)
  }

  @Test func notANumberStaysSo() throws {
    for type in [TensorType.float16, .bfloat16, .float32] {
      try SafetensorsWriter.write(
        [(name: "x", shape: [1], values: { [Float(bitPattern: 0x7f80_0001)] })],
        as: type,
        to: file
      )
      #expect(try SafetensorsFile(file).floats("x", shape: [1])[0].isNaN)
    }
  }

  @Test func aFailureLeavesTheOldFileAndNothingElse() throws {
    try SafetensorsWriter.write([(name: "x", shape: [1], values: { [7] })], to: file)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try SafetensorsWriter.write(
        [
          (name: "x", shape: [1], values: { [8] }),
          (name: "y", shape: [1], values: { throw Stop() }),
        ],
        to: file
      )
    }
    for wrong: [SafetensorsWriter.Tensor] in [
      [(name: "x", shape: [2], values: { [8] })],
      [(name: "x", shape: [1], values: { [8] }), (name: "x", shape: [1], values: { [9] })],
      [(name: "x", shape: [-1, -1], values: { [8] })],
      [(name: "x", shape: [Int.max, 2], values: { [8] })],
    ] {
      let error = #expect(throws: LanguageModelError.self) {
        try SafetensorsWriter.write(wrong, to: file)
      }
      #expect(error?.code == .invalidInput)
    }
    #expect(try SafetensorsFile(file).floats("x", shape: [1]) == [7])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    let absent = folder.url.appendingPathComponent("none/adapter.safetensors")
    let error = #expect(throws: LanguageModelError.self) {
      try SafetensorsWriter.write([(name: "x", shape: [1], values: { [8] })], to: absent)
    }
    #expect(error?.code == .unwritableFile)
    #expect(error?.subject == absent.path)
  }

  @Test func otherTypesAreRefused() {
    #expect(throws: LanguageModelError.self) {
      try SafetensorsWriter.write([(name: "x", shape: [1], values: { [8] })], as: .int8, to: file)
    }
  }
}
