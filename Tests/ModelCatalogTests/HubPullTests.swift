import Foundation
import ModelCatalog
import Synchronization
import Testing

/// Fetching from the hub, with all that can go wrong on the way.
@Suite final class HubPullTests {
  private let test = TestModel()
  private let weights = "model.safetensors"

  deinit { test.removeCache() }

  private func code(_ body: () async throws -> URL) async -> ModelCatalogError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? ModelCatalogError
    }
  }

  @Test func modelArrivesWholeAndIsAskedForOnce() async throws {
    let fetcher = ScriptedFetcher(test.contents)
    let folder = try await test.puller(fetcher).pull("TEST-MODEL")
    #expect(folder == test.cache.modelsFolder.appendingPathComponent(TestModel.name))
    #expect(try test.isInstalled())
    #expect(fetcher.requests.count == 4)
    let first = try #require(fetcher.requests.first)
    let address = "https://huggingface.co/example/test-model/resolve/abc123/1_Pooling/config.json"
    #expect(first == .init(url: address, offset: 0))
    #expect(test.cache.installed().map(\.source) == ["example/test-model@abc123"])

    _ = try await test.puller(fetcher).pull("example/test-model")
    #expect(fetcher.requests.count == 4)
  }

  @Test func progressNeverFallsAndEndsWithTheWhole() async throws {
    let seen = Mutex<[PullProgress]>([])
    let fetcher = ScriptedFetcher(test.contents, [weights: [.cut(after: 50_000)]])
    _ = try await test.puller(fetcher).pull(TestModel.name) { progress in
      seen.withLock { $0.append(progress) }
    }
    let bytes = seen.withLock { $0.map(\.completedBytes) }
    #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(bytes.last == test.model.size)
    #expect(seen.withLock { $0.allSatisfy { $0.origin == .hub && $0.step == .downloading } })
  }

  @Test func brokenTransferGoesOnWhereItStopped() async throws {
    let fetcher = ScriptedFetcher(
      test.contents,
      [weights: [.cut(after: 30_000), .short(after: 20_000), .cut(after: 10)]]
    )
    let clock = TestClock()
    _ = try await test.puller(fetcher, clock: clock).pull(TestModel.name)
    #expect(try test.isInstalled())
    #expect(fetcher.offsets(of: weights) == [0, 30_000, 50_000, 50_010])
    // Each attempt brought something, so none had to wait longer than the first pause.
    #expect(clock.sleeps == [.milliseconds(500), .milliseconds(500), .milliseconds(500)])
  }

  @Test func laterCallGoesOnWhereAnEarlierOneStopped() async throws {
    let stalls: [ScriptedFetcher.Step] = Array(repeating: .cut(after: 0), count: 4)
    let fetcher = ScriptedFetcher(test.contents, [weights: [.cut(after: 60_000)] + stalls])
    let puller = test.puller(fetcher)
    let error = await code { try await puller.pull(TestModel.name, origins: [.hub]) }
    #expect(error?.code == .allOriginsFailed)
    #expect(test.cache.installed().isEmpty)
    _ = try await puller.pull(TestModel.name, origins: [.hub])
    #expect(try test.isInstalled())
    #expect(fetcher.offsets(of: weights).last == 60_000)
  }

  @Test func serverErrorsAreTriedAgainAfterGrowingPauses() async throws {
    let fetcher = ScriptedFetcher(
      test.contents,
      ["tokenizer.json": [.status(500), .status(503), .status(429)]]
    )
    let clock = TestClock()
    _ = try await test.puller(fetcher, clock: clock).pull(TestModel.name)
    #expect(try test.isInstalled())
    #expect(clock.sleeps == [.milliseconds(500), .seconds(1), .seconds(2)])
  }

  @Test(arguments: [404, 401, 403])
  func refusalIsNotTriedAgain(status: Int) async {
    let fetcher = ScriptedFetcher(test.contents, ["config.json": [.status(status)]])
    let clock = TestClock()
    let puller = test.puller(fetcher, clock: clock)
    let error = await code { try await puller.pull(TestModel.name, origins: [.hub]) }
    #expect(error?.cause?.contains("status \(status)") == true)
    #expect(clock.sleeps.isEmpty)
    #expect(test.cache.installed().isEmpty)
  }

  @Test func fileWithAnotherHashIsRefused() async throws {
    let fetcher = ScriptedFetcher(test.contents, [weights: [.garbage]])
    let puller = test.puller(fetcher)
    let error = await code { try await puller.pull(TestModel.name, origins: [.hub]) }
    #expect(error?.cause?.contains("SHA-256") == true)
    #expect(test.cache.installed().isEmpty)
    // Nothing of it is kept: the next attempt begins anew.
    _ = try await puller.pull(TestModel.name, origins: [.hub])
    #expect(fetcher.offsets(of: weights) == [0, 0])
    #expect(try test.isInstalled())
  }

  @Test func fileThatIsTooLongIsRefused() async {
    let fetcher = ScriptedFetcher(test.contents, [weights: [.tooLong]])
    let puller = test.puller(fetcher)
    let error = await code { try await puller.pull(TestModel.name, origins: [.hub]) }
    #expect(error?.cause?.contains("more than") == true)
  }

  @Test(arguments: [ScriptedFetcher.Step.ignoreRange, .wrongRange, .status(416)])
  func serverThatDoesNotKeepToTheRange(step: ScriptedFetcher.Step) async throws {
    let fetcher = ScriptedFetcher(test.contents, [weights: [.cut(after: 1_000), step]])
    _ = try await test.puller(fetcher).pull(TestModel.name)
    #expect(try test.isInstalled())
  }

  @Test func mirrorIsUsedAndMustBeAnAddress() async throws {
    let fetcher = ScriptedFetcher(test.contents)
    let mirror = ["HF_ENDPOINT": "http://mirror.example:8080/hf"]
    _ = try await test.puller(fetcher, environment: mirror).pull(TestModel.name)
    let url = try #require(fetcher.requests.first?.url)
    #expect(url.hasPrefix("http://mirror.example:8080/hf/example/test-model/resolve/abc123/"))

    try test.cache.remove(TestModel.name)
    for wrong in ["file:///etc", "mirror", "https://"] {
      let puller = test.puller(fetcher, environment: ["HF_ENDPOINT": wrong])
      let error = await code { try await puller.pull(TestModel.name, origins: [.hub]) }
      #expect(error?.cause?.contains("HF_ENDPOINT") == true)
    }
  }

  @Test func modelThatWasDamagedIsFetchedAgain() async throws {
    let fetcher = ScriptedFetcher(test.contents)
    let folder = try await test.puller(fetcher).pull(TestModel.name)
    let file = folder.appendingPathComponent(weights)
    var data = try Data(contentsOf: file)
    data[500] ^= 1
    try data.write(to: file)
    let installed = try #require(test.cache.installed(TestModel.name))
    #expect(try test.cache.damagedFiles(of: installed) == [weights])
    _ = try await test.puller(fetcher).pull(TestModel.name)
    #expect(try test.isInstalled())
  }

  @Test func twoAtOnceDoNotMeet() async throws {
    let test = test
    let second = Mutex<ModelCatalogError.Code?>(nil)
    let fetcher = ScriptedFetcher(
      test.contents,
      [
        weights: [
          .during {
            do {
              let puller = test.puller(ScriptedFetcher(test.contents))
              _ = try await puller.pull(TestModel.name)
            } catch {
              second.withLock { $0 = (error as? ModelCatalogError)?.code }
            }
          }
        ]
      ]
    )
    _ = try await test.puller(fetcher).pull(TestModel.name)
    #expect(second.withLock { $0 } == .busy)
    #expect(try test.isInstalled())
  }

  @Test func unknownNameListsTheKnownOnes() async {
    let puller = test.puller(ScriptedFetcher(test.contents))
    let error = await code { try await puller.pull("../evil\u{1B}[31m") }
    #expect(error?.code == .unknownModel)
    #expect(error?.remedy.contains(TestModel.name) == true)
    #expect(error?.subject.contains("\u{1B}") == false)
  }
}
