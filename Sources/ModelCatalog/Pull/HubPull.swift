import Foundation

/// Fetches the pinned files of a known model from the Hugging Face hub.
///
/// Source: https://huggingface.co/docs/hub/models-downloading.
struct HubPull {
  let puller: ModelPuller
  let model: KnownModel

  func run(_ progress: (PullProgress) -> Void) async throws -> String {
    guard let hub = model.hub else {
      throw failed("The model is not on the hub.", model.name)
    }
    let endpoint = try HubEndpoint(puller.environment)
    // What is pinned is open to all, so no token goes along.
    let client = puller.client(endpoint: nil)
    let staging = puller.cache.stagingFolder(of: model.name)
    var done = 0
    for file in model.files {
      let target = staging.appendingPathComponent(file.path)
      if try !FileDigest.matches(target, file) {
        let url = endpoint.file(file.path, of: hub.name, at: hub.revision)
        do {
          _ = try await client.download(RemoteFile(file), from: url, to: target) { size in
            progress(
              PullProgress(
                step: .downloading,
                origin: .hub,
                file: file.path,
                completedBytes: done + size,
                totalBytes: model.size
              )
            )
          }
        } catch let error as HTTPTransferError {
          throw failed(error.message, url.absoluteString)
        }
      }
      done += file.size
    }
    return "\(hub.name)@\(hub.revision)"
  }

  private func failed(_ message: String, _ subject: String) -> ModelCatalogError {
    ModelCatalogError(
      .originFailed,
      message,
      subject: subject,
      remedy: "Try another way to get the model."
    )
  }
}
