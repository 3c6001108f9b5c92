import Foundation
import ModelCatalog
import Testing

/// Private and gated repositories, and where the token goes.
@Suite final class RepositoryAccessTests {
  private let test = TestRepository()
  private let token = ["HF_TOKEN": " hf_secret\n"]

  deinit { test.removeCache() }

  private func text(_ error: ModelCatalogError?) -> String { error?.description ?? "" }

  @Test func tokenGoesWithEveryRequest() async throws {
    let hub = test.hub()
    _ = try await test.puller(hub, environment: token).pullModel(TestRepository.id)
    #expect(hub.requests.allSatisfy { $0.token == "hf_secret" })
  }

  /// What is pinned is open to all.
  @Test func tokenStaysHereForKnownModels() async throws {
    let model = TestModel()
    defer { model.removeCache() }
    let hub = ScriptedFetcher(model.contents)
    _ = try await model.puller(hub, environment: token).pull(TestModel.name)
    #expect(hub.requests.allSatisfy { $0.token == nil })
  }

  @Test func tokenIsNotSentWhereOthersCanReadIt() async throws {
    let mirror = token.merging(["HF_ENDPOINT": "http://mirror.example"]) { $1 }
    let hub = test.hub([TestRepository.listingKey: [.status(401)]])
    let error = await test.failure(hub, environment: mirror)
    #expect(hub.requests.count == 1 && hub.requests.allSatisfy { $0.token == nil })
    #expect(error?.remedy.contains("HF_TOKEN was not sent") == true)
    let local = token.merging(["HF_ENDPOINT": "http://127.0.0.1:8080"]) { $1 }
    let near = test.hub()
    _ = try await test.puller(near, environment: local).pullModel(TestRepository.id)
    #expect(near.requests.allSatisfy { $0.token == "hf_secret" })
  }

  @Test func textThatIsNoTokenIsNeitherSentNorShown() async {
    for wrong in [
      "hf_se cret", "hf_sécret", "hf_se\u{7}cret", String(repeating: "cret", count: 500),
    ] {
      let hub = test.hub()
      let error = await test.failure(hub, environment: ["HF_TOKEN": wrong])
      #expect(error?.subject == "HF_TOKEN")
      #expect(!text(error).contains("cret"))
      #expect(hub.requests.isEmpty)
    }
  }

  /// The hub lists a gated repository for all, and refuses its files.
  @Test(arguments: [TestRepository.listingKey, "config.json", "model.safetensors"])
  func refusalSaysWhatToDo(path: String) async {
    for status in [401, 403] {
      let alone = await test.failure(test.hub([path: [.status(status)]]))
      #expect(alone?.code == .accessDenied)
      #expect(text(alone).contains("https://huggingface.co/example/Tiny-Llama"))
      #expect(text(alone).contains("HF_TOKEN"))
      let known = await test.failure(test.hub([path: [.status(status)]]), environment: token)
      #expect(known?.code == .accessDenied)
      #expect(text(known).contains("HF_TOKEN") && !text(known).contains("hf_secret"))
      #expect(text(known) != text(alone))
    }
    #expect(test.cache.installed().isEmpty)
  }

  @Test func absentRepositoryIsUnknown() async {
    let hub = test.hub([TestRepository.listingKey: [.status(404)]])
    let error = await test.failure(hub)
    #expect(error?.code == .unknownModel)
    #expect(error?.subject == "example/Tiny-Llama@main")
    #expect(hub.requests.count == 1)
  }

  @Test func closedHubIsNotTriedAgain() async {
    let hub = test.hub([TestRepository.listingKey: [.unreachable]])
    let error = await test.failure(hub)
    #expect(error?.code == .originFailed)
    #expect(error?.remedy.contains("HF_ENDPOINT") == true)
    #expect(error?.remedy.contains("attune models import") == true)
    #expect(hub.requests.count == 1)
  }
}
