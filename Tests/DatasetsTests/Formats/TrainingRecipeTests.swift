import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct TrainingRecipeTests {
  private let examples: [Example] = [
    Example(
      [
        .init(.system, "s"), .init(.user, "a \"quoted\""), .init(.assistant, "b"),
        .init(.user, "c"), .init(.assistant, "d", isLearnt: false), .init(.user, "e"),
        .init(.assistant, "f"),
      ],
      origin: .asked,
      split: .train
    ),
    Example(question: "v", answer: "w", origin: .asked, split: .validation),
    Example(question: "kept", answer: "secret", origin: .asked, split: .test),
    Example(question: "x", answer: "y", origin: .asked),
  ]

  private func write(
    _ program: TrainingRecipe.Program,
    _ examples: [Example],
    _ recipe: TrainingRecipe = TrainingRecipe(baseModel: "org/model: \"x\"", learningRate: 1e-5)
  ) throws -> (TemporaryDirectory, [String: String]) {
    let folder = try TemporaryDirectory()
    let files = try recipe.write(examples, for: program, to: folder.url)
    let texts = try files.map {
      ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
    }
    return (folder, Dictionary(uniqueKeysWithValues: texts))
  }

  @Test func axolotlIsToldMessageByMessage() throws {
    let (folder, files) = try write(.axolotl, examples)
    #expect(Set(files.keys) == ["train.jsonl", "validation.jsonl", "axolotl.yaml"])
    #expect(!files.values.contains { $0.contains("secret") })
    let train = try #require(files["train.jsonl"]).split(separator: "\n")
    #expect(train.count == 2)
    #expect(train[0].contains("{\"role\": \"assistant\", \"content\": \"d\", \"train\": false}"))
    #expect(train[0].contains("{\"role\": \"assistant\", \"content\": \"f\", \"train\": true}"))
    let settings = try python(
      """
      import json, sys, yaml
      print(json.dumps(yaml.safe_load(open(sys.argv[1]))))
      """,
      folder.url.appendingPathComponent("axolotl.yaml").path
    )
    // Without Python's yaml there is nothing to parse it with.
    guard let settings else { return }
    let value = try JSONSerialization.jsonObject(with: settings) as? [String: Any]
    #expect(value?["base_model"] as? String == "org/model: \"x\"")
    #expect(value?["learning_rate"] as? Double == 1e-5)
    #expect(value?["lora_r"] as? Int == 16)
    #expect((value?["lora_target_modules"] as? [String])?.count == 7)
    let data = value?["datasets"] as? [[String: Any]]
    #expect(data?.first?["path"] as? String == "train.jsonl")
    #expect(data?.first?["message_field_training"] as? String == "train")
    #expect((value?["test_datasets"] as? [Any])?.count == 1)
  }

  @Test func trlLearnsEachLearntMessageAsACompletion() throws {
    let (folder, files) = try write(.trl, examples)
    #expect(Set(files.keys) == ["train.jsonl", "validation.jsonl", "train.py"])
    let train = try DatasetFile.read(folder.url.appendingPathComponent("train.jsonl"))
    #expect(train.examples.map(\.answer) == ["b", "f", "y"])
    #expect(train.examples.map { $0.messages.count { $0.isLearnt } } == [1, 1, 1])
    let script = try #require(files["train.py"])
    #expect(script.contains("r=16,"))
    #expect(script.contains("learning_rate=1.0e-05") || script.contains("learning_rate=1e-05"))
    let compiled = try python(
      """
      import ast, sys
      ast.parse(open(sys.argv[1]).read())
      print("{}")
      """,
      folder.url.appendingPathComponent("train.py").path
    )
    // Nil only where there is no Python to ask.
    if hasPython { #expect(compiled != nil) }
  }

  @Test func nothingToTrainOnIsRefused() throws {
    let folder = try TemporaryDirectory()
    let error = #expect(throws: DatasetError.self) {
      try TrainingRecipe(baseModel: "m")
        .write([examples[1]], for: .trl, to: folder.url)
    }
    #expect(error?.code == .empty)
    #expect(throws: DatasetError.self) {
      try TrainingRecipe(baseModel: "m", rank: 0).write(examples, for: .trl, to: folder.url)
    }
    #expect(throws: DatasetError.self) {
      try TrainingRecipe(baseModel: "m", learningRate: .nan)
        .write(examples, for: .trl, to: folder.url)
    }
    let (_, files) = try write(.axolotl, [examples[0]])
    #expect(files["axolotl.yaml"]?.contains("val_set_size: 0") == true)
  }

  private var hasPython: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") }

  /// What a script prints; nil where Python or a module of it is missing.
  private func python(_ script: String, _ argument: String) throws -> Data? {
    guard hasPython else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, argument]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}
