import Foundation
import ModelCatalog
import Synchronization
import Testing

/// Fetching a model from any repository of the hub.
@Suite final class RepositoryPullTests {
  private var test = TestRepository()
  private let weights = "model.safetensors"

  deinit { test.removeCache() }

  @Test func modelArrivesWholeAtTheCommitAndIsAskedForOnce() async throws {
    let hub = test.hub()
    let model = try await test.puller(hub).pullModel(TestRepository.id)
    #expect(try test.holds(TestRepository.taken))
    #expect(model == test.cache.installed(TestRepository.name))
    #expect(model.name == "Tiny-Llama" && model.role == .generator)
    #expect(model.source == "example/Tiny-Llama@\(TestRepository.commit)")
    let api = "https://huggingface.co/api/models/example/Tiny-Llama/revision/main?blobs=true"
    let files = "https://huggingface.co/example/Tiny-Llama/resolve/\(TestRepository.commit)/"
    #expect(hub.requests.first?.url == api)
    #expect(hub.requests.dropFirst().allSatisfy { $0.url.hasPrefix(files) })
    #expect(hub.requests.count == 1 + TestRepository.taken.count)
    // The weights come last, when all that could speak against them has been seen.
    #expect(hub.requests.last?.url.hasSuffix(weights) == true)
    #expect(hub.requests.allSatisfy { $0.token == nil })

    let again = try await test.puller(hub).pull(TestRepository.id)
    #expect(again == model.folder)
    #expect(hub.requests.count == 2 + TestRepository.taken.count)
  }

  /// `git hash-object` gives this for a file that holds "hello" and a line feed.
  @Test func gitBlobIDsAreThoseOfGit() {
    let id = "ce013625030ba8dba906f756967f9e9ca394464a"
    #expect(TestRepository.gitBlob(Data("hello\n".utf8)) == id)
  }

  @Test func modelAtACommitIsFoundWithoutTheNetwork() async throws {
    let name = "\(TestRepository.id)@\(TestRepository.commit)"
    let hub = test.hub(at: "\(TestRepository.commit)?blobs=true")
    let model = try await test.puller(hub).pullModel(name)
    let closed = ScriptedFetcher([:])
    #expect(try await test.puller(closed).pullModel(name) == model)
    #expect(closed.requests.isEmpty)
    // An answer about another commit is not what was asked for.
    test.commit = String(repeating: "b2", count: 20)
    try test.cache.remove(model.name)
    let other = test.hub(at: "\(TestRepository.commit)?blobs=true")
    #expect(await test.failure(other, name)?.code == .originFailed)
  }

  @Test func revisionIsOneComponentOfTheAddress() async throws {
    let hub = test.hub(at: "refs%2Fpr%2F1?blobs=true")
    _ = try await test.puller(hub).pullModel(TestRepository.id + "@refs/pr/1")
    #expect(try test.holds(TestRepository.taken))
  }

  @Test func progressNeverFallsAndEndsWithTheWhole() async throws {
    let seen = Mutex<[PullProgress]>([])
    let hub = test.hub([weights: [.cut(after: 50_000)]])
    let model = try await test.puller(hub).pullModel(TestRepository.id) { progress in
      seen.withLock { $0.append(progress) }
    }
    let bytes = seen.withLock { $0.map(\.completedBytes) }
    #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(bytes.last == model.size)
    #expect(seen.withLock { $0.allSatisfy { $0.totalBytes == model.size } })
  }

  @Test func brokenTransferGoesOnWhereItStopped() async throws {
    let hub = test.hub(
      [
        TestRepository.listingKey: [.status(503), .cut(after: 20)],
        weights: [.cut(after: 30_000), .short(after: 20_000), .cut(after: 10)],
      ]
    )
    let clock = TestClock()
    _ = try await test.puller(hub, clock: clock).pullModel(TestRepository.id)
    #expect(try test.holds(TestRepository.taken))
    #expect(hub.offsets(of: weights) == [0, 30_000, 50_000, 50_010])
    #expect(clock.sleeps.prefix(2) == [.milliseconds(500), .seconds(1)])
  }

  /// A new commit that leaves the weights as they were costs nothing of what is here.
  @Test func laterCallGoesOnWhereAnEarlierOneStopped() async throws {
    let stalls = [ScriptedFetcher.Step](repeating: .cut(after: 0), count: 4)
    let first = test.hub([weights: [.cut(after: 60_000)] + stalls])
    let error = await test.failure(first)
    #expect(error?.code == .originFailed)
    #expect(error?.remedy.contains("goes on where it stopped") == true)
    #expect(test.cache.installed().isEmpty)

    test.commit = String(repeating: "b2", count: 20)
    test.contents["tokenizer.json"] = Data(#"{"new":1}"#.utf8)
    let second = test.hub()
    _ = try await test.puller(second).pullModel(TestRepository.id)
    #expect(try test.holds(TestRepository.taken))
    #expect(second.offsets(of: weights) == [60_000])
    #expect(second.offsets(of: "tokenizer.json") == [0])
    #expect(second.offsets(of: "config.json").isEmpty)
  }

  @Test func weightsThatChangedMeanwhileBeginAnew() async throws {
    let stalls = [ScriptedFetcher.Step](repeating: .cut(after: 0), count: 4)
    _ = await test.failure(test.hub([weights: [.cut(after: 60_000)] + stalls]))
    test.commit = String(repeating: "b2", count: 20)
    test.contents[weights] = TestRepository.safetensors(80_000, seed: 7)
    let second = test.hub()
    _ = try await test.puller(second).pullModel(TestRepository.id)
    #expect(second.offsets(of: weights) == [0])
    // Nothing of the first attempt is left among the model's files.
    #expect(try test.holds(TestRepository.taken))
  }

  /// A file that the repository no longer has must not speak for the model.
  @Test func settingsOfAnotherCommitAreForgotten() async throws {
    let stalls = [ScriptedFetcher.Step](repeating: .cut(after: 0), count: 4)
    test.contents["modules.json"] = Data("[]".utf8)
    _ = await test.failure(test.hub([weights: [.cut(after: 10)] + stalls]))
    test.commit = String(repeating: "b2", count: 20)
    test.contents["modules.json"] = nil
    let model = try await test.puller(test.hub()).pullModel(TestRepository.id)
    #expect(model.role == .generator)
    #expect(try test.holds(TestRepository.taken))
  }

  @Test(arguments: ["model.safetensors", "config.json", "tokenizer.json"])
  func fileWithAnotherHashIsRefused(path: String) async throws {
    let hub = test.hub([path: [.garbage]])
    let error = await test.failure(hub)
    #expect(error?.code == .damagedFile)
    #expect(test.cache.installed().isEmpty)
    _ = try await test.puller(hub).pullModel(TestRepository.id)
    #expect(hub.offsets(of: path) == [0, 0])
    #expect(try test.holds(TestRepository.taken))
  }

  @Test(arguments: ["model.safetensors", "config.json"])
  func fileOfAnotherLengthIsRefused(path: String) async throws {
    let long = await test.failure(test.hub([path: [.tooLong]]))
    #expect(long?.cause?.contains("more than") == true)
    let short = [ScriptedFetcher.Step](repeating: .short(after: 0), count: 4)
    let error = await test.failure(test.hub([path: short]))
    #expect(error?.cause?.contains("ended early") == true)
    #expect(test.cache.installed().isEmpty)
  }

  @Test func newCommitReplacesTheModel() async throws {
    _ = try await test.puller(test.hub()).pullModel(TestRepository.id)
    test.commit = String(repeating: "b2", count: 20)
    test.contents["tokenizer.json"] = Data(#"{"new":1}"#.utf8)
    let model = try await test.puller(test.hub()).pullModel(TestRepository.id)
    #expect(model.source.hasSuffix(test.commit))
    #expect(test.cache.installed() == [model])
    #expect(try test.holds(TestRepository.taken))
  }

  @Test func damagedModelIsFetchedAgain() async throws {
    let model = try await test.puller(test.hub()).pullModel(TestRepository.id)
    let file = model.folder.appendingPathComponent("tokenizer.json")
    try Data("[]".utf8).write(to: file)
    _ = try await test.puller(test.hub()).pullModel(TestRepository.id)
    #expect(try test.holds(TestRepository.taken))
  }

  @Test func callerSeesTheSettingsBeforeTheWeightsCome() async throws {
    struct Refusal: Error {}
    let hub = test.hub()
    await #expect(throws: Refusal.self) {
      try await test.puller(hub).pullModel(
        TestRepository.id,
        inspect: { folder in
          _ = try Data(contentsOf: folder.appendingPathComponent("config.json"))
          throw Refusal()
        }
      )
    }
    #expect(hub.offsets(of: weights).isEmpty)
    #expect(test.cache.installed().isEmpty)
  }

  @Test func nameOfAnotherModelIsNotTakenOver() async throws {
    for name in ["evil/all-MiniLM-L6-v2", "evil/ALL-minilm-l6-v2"] {
      #expect(await test.failure(test.hub(), name)?.code == .nameTaken)
    }
    _ = try await test.puller(test.hub()).pullModel(TestRepository.id)
    let other = test.hub()
    #expect(await test.failure(other, "someone-else/Tiny-Llama")?.code == .nameTaken)
    #expect(other.requests.isEmpty)
    let model = try await test.puller(other)
      .pullModel("someone-else/Tiny-Llama", installedAs: "second")
    #expect(model.name == "second")
    #expect(test.cache.installed().map(\.name) == ["Tiny-Llama", "second"])
    #expect(await test.failure(other, installedAs: "../up")?.code == .invalidName)
  }

  @Test(arguments: [
    "tiny", "a/b/c", "a/b/c.bin", "a//b", "/a/b", "a/", "../a", "a/..", "./a/b.gguf", "a/b@",
    "a/b@../c", "a/b@x y", "a b/c", "a/b?x=1", "a/b#c", "a/b%2F", "a/b/../c.gguf", "é/b",
    "a/b@main/", "a/b\n", "https://huggingface.co/a/b", "a/b/.x.gguf",
  ])
  func whatIsNoRepositoryIsNotAskedFor(name: String) async {
    let hub = test.hub()
    let error = await test.failure(hub, name)
    #expect(error?.code == .unknownModel)
    #expect(error?.remedy.contains("attune models pull <owner>/<name>") == true)
    #expect(hub.requests.isEmpty)
  }

  @Test func packageIndexHasNoRepositories() async {
    await #expect(throws: ModelCatalogError.self) {
      try await test.puller(test.hub()).pullModel(TestRepository.id, origins: [.pypi])
    }
  }
}
