import Foundation
import TestSupport
import Testing

/// Damaged model files, index segments and stores: an error or a rebuild, never a crash.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct DamageTests {
  /// Changes some bytes near each other, or cuts the file.
  private func damage(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    var changed = bytes
    switch random.next() % 4 {
    case 0: changed = Array(bytes.prefix(Int(random.unit() * Double(bytes.count))))
    case 1:
      let place = Int.random(in: bytes.indices, using: &random)
      changed[place] ^= 1 << UInt8(random.next() % 8)
    default:
      // Sizes and counts stand in front.
      let start = random.next() % 2 == 0 ? 0 : Int.random(in: bytes.indices, using: &random)
      for place in start..<min(start + 64, bytes.count) where random.next() % 8 == 0 {
        changed[place] = UInt8(truncatingIfNeeded: random.next())
      }
    }
    return changed
  }

  @Test(
    "damaged files of a model end in an error that names them, or in other numbers, not in a crash"
  )
  func modelFiles() throws {
    let directory = try TemporaryDirectory()
    let folder = try ModelCopy.install(in: directory.url.appendingPathComponent("cache"))
    // Without the list of checksums, so that every reader sees the damage itself.
    let bare = directory.url.appendingPathComponent("bare")
    try FileManager.default.moveItem(at: folder, to: bare)
    try FileManager.default.removeItem(at: bare.appendingPathComponent("attune-model.json"))
    func attempt(_ what: String) throws -> Run {
      let run = try AttuneProgram.run(
        ["embed", "--json", "--model", bare.path, "a text"],
        in: directory.url
      )
      #expect(run.signal == nil, "\(what): \(run)")
      #expect(run.status == 0 || run.status == 3, "\(what): \(run)")
      if run.status == 3 { #expect(run.errors.contains("\"remedy\""), "\(what): \(run)") }
      return run
    }
    #expect(try attempt("untouched").status == 0)

    let config = bare.appendingPathComponent("config.json")
    let original = try String(contentsOf: config, encoding: .utf8)
    for (name, value) in [
      ("hidden_size", "0"), ("hidden_size", "-384"), ("hidden_size", "383"),
      ("hidden_size", "9223372036854775807"), ("num_attention_heads", "0"),
      ("num_hidden_layers", "1000000000"), ("vocab_size", "1"), ("intermediate_size", "1e300"),
      ("max_position_embeddings", "0"), ("layer_norm_eps", "\"x\""), ("hidden_act", "\"magic\""),
    ] {
      let changed = original.replacing(
        try Regex("\"\(name)\"\\s*:\\s*[^,\\n}]+"),
        with: "\"\(name)\": \(value)"
      )
      #expect(changed != original, "\(name) is not in config.json")
      try Data(changed.utf8).write(to: config)
      #expect(try attempt("\(name) = \(value)").status == 3, "\(name) = \(value)")
    }
    try Data(original.utf8).write(to: config)

    // The weights: their header is JSON behind its length.
    let weights = bare.appendingPathComponent("model.safetensors")
    let handle = try FileHandle(forUpdating: weights)
    let start = try #require(try handle.read(upToCount: 16_384))
    for (offset, bytes) in [
      (0, [UInt8](repeating: 0xFF, count: 8)), (0, [UInt8](repeating: 0, count: 8)),
      (7, [0x7F]), (8, Array("{}      ".utf8)), (8, Array("[[[[[[[[".utf8)), (0, [0x03, 0x00]),
    ] {
      try handle.seek(toOffset: UInt64(offset))
      try handle.write(contentsOf: Data(bytes))
      #expect(try attempt("weights at \(offset): \(bytes)").status == 3)
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: start)
    }
    var random = SplitMix64(seed: 77)
    for index in 0..<(TestLength.isFull ? 60 : 2) {
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: Data(damage([UInt8](start), &random)).prefix(start.count))
      _ = try attempt("weights, mutation \(index)")
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: start)
    }
    let size = try handle.seekToEnd()
    for length in TestLength.isFull ? [0, 7, 8, 5_000, size / 2, size - 1] : [7, size - 1] {
      try handle.truncate(atOffset: length)
      #expect(try attempt("weights cut to \(length)").status == 3)
      // The rest reads as zeros; the shape is right again.
      try handle.truncate(atOffset: size)
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: start)
    }
    try handle.close()

    for name in [
      "tokenizer.json", "config.json", "modules.json", "1_Pooling/config.json",
      "sentence_bert_config.json",
    ] {
      let file = bare.appendingPathComponent(name)
      let bytes = [UInt8](try Data(contentsOf: file))
      for index in 0..<(TestLength.isFull ? 40 : 1) {
        try Data(damage(bytes, &random)).write(to: file)
        _ = try attempt("\(name), mutation \(index)")
      }
      try Data(bytes).write(to: file)
    }
    #expect(try attempt("mended").status == 0)
  }

  @Test("an installed model that was damaged is recognised by its checksums and its sizes")
  func installedModel() throws {
    let directory = try TemporaryDirectory()
    let cache = directory.url.appendingPathComponent("cache")
    let folder = try ModelCopy.install(in: cache)
    let environment: [String: String?] = ["ATTUNE_CACHE": cache.path]
    let handle = try FileHandle(forUpdating: folder.appendingPathComponent("model.safetensors"))
    try handle.seek(toOffset: 50_000_000)
    try handle.write(contentsOf: Data([1, 2, 3, 4]))
    let shown = try AttuneProgram.run(
      ["models", "show"],
      in: directory.url,
      environment: environment
    )
    #expect(shown.status == 1 && shown.output.contains("DAMAGED"), "\(shown)")
    let doctor = try AttuneProgram.run(["doctor"], in: directory.url, environment: environment)
    #expect(doctor.status == 1 && doctor.output.contains("model.safetensors"), "\(doctor)")
    try handle.truncate(atOffset: 1_000)
    try handle.close()
    let cut = try AttuneProgram.run(["embed", "x"], in: directory.url, environment: environment)
    #expect(cut.status == 3 && cut.errors.contains("attune models pull"), "\(cut)")
  }

  @Test("damaged or lost segments of the index are rebuilt or reported, and a repair heals them")
  func indexSegments() throws {
    let workspace = try TestWorkspace(files: Harbor.files)
    let before = try workspace.found(Harbor.questions)
    let index = workspace.kept.appendingPathComponent("index")
    var random = SplitMix64(seed: 78)
    for round in 0..<(TestLength.isFull ? 100 : 3) {
      // A repair writes segments of other names.
      let names = try FileManager.default.contentsOfDirectory(atPath: index.path).sorted()
      let file = index.appendingPathComponent(try #require(names.randomElement(using: &random)))
      if round % 3 == 2 {
        try FileManager.default.removeItem(at: file)
      } else {
        try Data(damage([UInt8](try Data(contentsOf: file)), &random)).write(to: file)
      }
      let search = try workspace.run("search", "--json", "fog horn")
      #expect(search.status == 0 || search.status == 3, "round \(round): \(search)")
      #expect(try workspace.run("sync").signal == nil, "round \(round)")
      let repair = try workspace.run("doctor", "--repair")
      #expect(repair.status == 0, "round \(round): \(repair)")
      #expect(try workspace.found(Harbor.questions) == before, "round \(round)")
    }
  }

  @Test("a damaged store ends in an error with a remedy, or is still right; never in a crash")
  func store() throws {
    let workspace = try TestWorkspace(files: Harbor.files)
    let file = workspace.kept.appendingPathComponent("knowledge.sqlite")
    let bytes = [UInt8](try Data(contentsOf: file))
    var random = SplitMix64(seed: 79)
    for round in 0..<(TestLength.isFull ? 100 : 3) {
      try Data(damage(bytes, &random)).write(to: file)
      let commands = [
        ["search", "fog horn"], ["doctor"], ["sync"], ["sources"],
      ]
      for command in commands {
        let run = try AttuneProgram.run(command, in: workspace.root)
        #expect(run.signal == nil && run.status != 2, "round \(round), \(command): \(run)")
        if run.status == 3 { #expect(run.errors.contains("remedy:"), "\(run)") }
      }
      for name in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: file.path + name)
      }
    }
    try Data(bytes).write(to: file)
    let repair = try workspace.run("doctor", "--repair")
    #expect(repair.status == 0, "\(repair)")
  }
}
