import Foundation
import TestSupport
import Testing

/// A language model from import to text, with a model of 260,000 parameters that tells stories.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: SharedData.holds("models/stories260k"), "needs the shared data")
)
struct GenerateTests {
  private let folder: TemporaryDirectory
  private let environment: [String: String?]

  init() throws {
    folder = try TemporaryDirectory()
    environment = ["ATTUNE_CACHE": folder.url.path + "/cache"]
  }

  private func run(_ arguments: String..., input: String = "") throws -> Run {
    try AttuneProgram.run(arguments, in: folder.url, environment: environment, input: input)
  }

  private func shared(_ name: String) throws -> String {
    try SharedData.url("models/stories260k/\(name)").path
  }

  @Test("a folder and a GGUF file are imported, listed, and tell the expected story")
  func imported() throws {
    for (name, place) in [
      ("from-folder", try shared("huggingface")), ("from-gguf", try shared("stories260k-f32.gguf")),
    ] {
      let imported = try run(
        "models",
        "import",
        place,
        "--name",
        name,
        "--precision",
        "float32",
        "--json"
      )
      #expect(imported.status == 0 && imported.json["role"].string == "generator", "\(imported)")
      let told = try run(
        "generate",
        "--raw",
        "--model",
        name,
        "--max-tokens",
        "60",
        "Once upon a time",
        "--json"
      )
      #expect(told.status == 0, "\(told)")
      let text = try #require(told.json["text"].string)
      #expect(text.hasPrefix(", there was a little girl named Lily. She loved to play"), "\(text)")
      #expect(told.json["tokens"].array.count == 60 && told.json["logprobs"].array.count == 60)
      #expect(told.json["finish"].string == "length")
      let cut = try run("models", "tokenize", "--model", name, "--json", "Once upon a time")
      #expect(cut.json["ids"].array.count > 3, "\(cut)")
      let show = try run("models", "show", name)
      #expect(show.status == 0 && show.output.contains("model.attune"), "\(show)")
    }
    let list = try run("models", "list", "--json")
    let roles = AttuneProgram.installed(in: list.json).map { $0["role"].string }
    #expect(roles == ["generator", "generator"])
  }

  @Test("8 bits tell the story too; a seed gives the same text; a choice is one of the choices")
  func sampled() throws {
    let model = try shared("stories260k-q8_0.gguf")
    let plain = try run("generate", "--raw", "--model", model, "Once upon a time")
    #expect(plain.status == 0 && plain.output.contains("there was a little girl"), "\(plain)")
    let varied = try (0..<2).map { _ in
      try run(
        "generate",
        "--raw",
        "--model",
        model,
        "--temperature",
        "1",
        "--seed",
        "7",
        "The dog"
      ).output
    }
    #expect(varied[0] == varied[1] && !varied[0].isEmpty)
    let choice = try run(
      "generate",
      "--raw",
      "--model",
      model,
      "--choice",
      "red",
      "--choice",
      "blue",
      "The ball was"
    )
    #expect(["red\n", "blue\n"].contains(choice.output), "\(choice)")
    let schema = folder.url.appendingPathComponent("schema.json")
    try Data(
      """
      {"type":"object","properties":{"name":{"type":"string","maxLength":8},
       "big":{"type":"boolean"}},"required":["name","big"],"additionalProperties":false}
      """.utf8
    ).write(to: schema)
    for limit in ["5", "60"] {
      let kept = try run(
        "generate",
        "--raw",
        "--model",
        model,
        "--schema",
        schema.path,
        "--max-tokens",
        limit,
        "The"
      )
      let value = JSON(text: kept.output)
      #expect(value["name"].string != nil && value["big"].bool != nil, "\(kept)")
    }
  }

  @Test("a batch gives one line for each prompt, in order, and names the line that is no prompt")
  func batch() throws {
    let model = try shared("huggingface")
    let lines = #"{"id":"a","prompt":"Once"}"# + "\n{}\n" + #"{"id":"c","prompt":"Tim"}"#
    let run = try run(
      "generate",
      "--raw",
      "--model",
      model,
      "--max-tokens",
      "3",
      "--batch",
      "-",
      input: lines
    )
    #expect(run.status == 1, "\(run)")
    #expect(run.jsonLines.map { $0["id"].string } == ["a", "2", "c"])
    #expect(run.jsonLines[0]["tokens"].array.count == 3)
    #expect(run.jsonLines[1]["error"]["message"].string?.contains("prompt") == true)
  }

  @Test("a prompt beyond the context, a damaged file and a missing model end with what to do")
  func refusals() throws {
    let model = try shared("huggingface")
    let long = try run(
      "generate",
      "--raw",
      "--model",
      model,
      String(repeating: "a long story ", count: 400)
    )
    #expect(long.status == 3 && long.errors.contains("remedy:"), "\(long)")
    let whole = try Data(contentsOf: SharedData.url("models/stories260k/stories260k-q8_0.gguf"))
    let cut = folder.url.appendingPathComponent("cut.gguf")
    try whole.prefix(200_000).write(to: cut)
    let damaged = try run("models", "import", cut.path)
    #expect(damaged.status == 3 && damaged.errors.contains("cut.gguf"), "\(damaged)")
    let missing = try run("generate", "--model", "none", "x")
    #expect(missing.status == 3 && missing.errors.contains("attune models pull"), "\(missing)")
    let unnamed = try run("generate", "x")
    #expect(unnamed.status == 3 && unnamed.errors.contains("--model"), "\(unnamed)")
  }
}
