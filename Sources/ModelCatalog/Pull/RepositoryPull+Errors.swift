import Foundation

/// What can be wrong with a repository, and what to do about it.
extension RepositoryPull {
  /// The GGUF files of a repository that are a whole model each.
  func ggufFiles(_ listing: HubListing) -> [String] {
    listing.paths.filter { path in
      HubReference.isFile(path) && !WeightsCheck.isSplit(path)
        // The part of a model of pictures that reads them.
        && !lastPart(of: path).lowercased().contains("mmproj")
    }.sorted()
  }

  func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Why an address could not be read; nil for the address stands for the listing.
  func failed(_ error: HTTPTransferError, at url: URL?) -> ModelCatalogError {
    let repository = reference.repository
    let page = endpoint.page(of: repository).absoluteString
    let withheld =
      endpoint.withholdsToken
      ? " HF_TOKEN was not sent, because HF_ENDPOINT is not https." : ""
    guard case .status(let status) = error else {
      return ModelCatalogError(
        .originFailed,
        "The repository could not be fetched from the hub.",
        subject: repository,
        cause: error.message,
        remedy:
          "Let this machine reach \(HubEndpoint.name(puller.environment)) (HF_ENDPOINT sets a "
          + "mirror) and run the command again, which goes on where it stopped; or copy the "
          + "model's folder from another machine and run: attune models import <folder> "
          + "--name \(name)"
      )
    }
    switch status {
    case 401 where endpoint.hasToken:
      return denied(
        "The hub does not accept the token in HF_TOKEN, or has no such repository.",
        status,
        "Check the spelling; if it is right, make a new token at "
          + "\(endpoint.tokenPage.absoluteString) and set it in HF_TOKEN."
      )
    case 401:
      return denied(
        "The hub gives this repository to nobody without a token: it is private or gated, or does "
          + "not exist.",
        status,
        "Check the spelling; if it is right, accept the terms at \(page), make a read token at "
          + "\(endpoint.tokenPage.absoluteString) and set it in HF_TOKEN." + withheld
      )
    case 403:
      return denied(
        "The hub does not let you read this repository.",
        status,
        "Open \(page), accept its terms and wait until they are granted; then "
          + (endpoint.hasToken
            ? "see to it that the token in HF_TOKEN may read gated repositories."
            : "set a token that may read gated repositories in HF_TOKEN.") + withheld
      )
    case 404:
      return ModelCatalogError(
        .unknownModel,
        url == nil
          ? "The hub has no such repository, or not this revision of it."
          : "The hub no longer has a file of the repository.",
        subject: "\(repository)@\(reference.revision)",
        cause: "status 404",
        remedy: "Check the spelling at \(page)"
          + (endpoint.hasToken ? "" : "; a private repository needs a token in HF_TOKEN.")
          + withheld
      )
    default:
      return ModelCatalogError(
        .originFailed,
        "The hub does not give the repository.",
        subject: repository,
        cause: error.message,
        remedy: "Run the command again later; it goes on where it stopped."
      )
    }
  }

  func isTaken(by other: String) -> ModelCatalogError {
    ModelCatalogError(
      .nameTaken,
      "The name “\(name)” belongs to \(ModelCache.printable(other, limit: 400)).",
      subject: reference.repository,
      remedy: "Give the model another name with --name, or remove the other one first."
    )
  }

  func unusable(_ fault: HubListing.Fault) -> ModelCatalogError {
    ModelCatalogError(
      .originFailed,
      fault.message,
      subject: reference.repository,
      remedy: "Try again later; if HF_ENDPOINT names a mirror, try without it."
    )
  }

  func unusable(_ message: String) -> ModelCatalogError {
    ModelCatalogError(
      .invalidModel,
      message,
      subject: reference.repository,
      remedy: "Choose another repository or revision of the model."
    )
  }

  func absent(_ path: String, _ listing: HubListing) -> ModelCatalogError {
    let files = ggufFiles(listing)
    return ModelCatalogError(
      .invalidModel,
      "The repository has no GGUF file of that name.",
      subject: "\(reference.repository): \(ModelCache.printable(path))",
      remedy: files.isEmpty ? "It has none at all." : "It has: \(list(files, listing))."
    )
  }

  func ambiguous(_ files: [String], _ listing: HubListing) -> ModelCatalogError {
    let example = files.first { $0.uppercased().contains("Q8_0") } ?? files.first ?? ""
    return ModelCatalogError(
      .invalidModel,
      "The repository has \(files.count) GGUF files; one of them must be named.",
      subject: reference.repository,
      remedy: "It has: \(list(files, listing)). Name one, for example: attune models pull "
        + "\(reference.repository) --file \(ModelCache.printable(example))"
    )
  }

  func split(_ path: String) -> ModelCatalogError {
    ModelCatalogError(
      .unsupportedModel,
      "The file is one of several that a model was split into, which are not read.",
      subject: "\(reference.repository): \(ModelCache.printable(path))",
      remedy: "Choose a model in one file, or join the parts with llama.cpp's llama-gguf-split "
        + "--merge and run: attune models import <file.gguf>"
    )
  }

  func quantized(_ method: String) -> ModelCatalogError {
    ModelCatalogError(
      .unsupportedModel,
      "The weights are quantised with \(method), which cannot be read.",
      subject: reference.repository,
      remedy:
        "Choose the repository with the original weights, which are quantised here on import, "
        + "or a GGUF file."
    )
  }

  /// Why a repository without the wanted files cannot be used.
  func unreadable(
    _ listing: HubListing,
    _ missing: ModelFileSelection.Missing
  ) -> ModelCatalogError {
    let repository = reference.repository
    if let part = listing.paths.filter(WeightsCheck.isSplit).min() { return split(part) }
    let pickles = listing.paths.filter(Self.isPickle).sorted()
    if missing.names.contains(ModelFileSelection.weights), let pickle = pickles.first {
      return ModelCatalogError(
        .unsupportedModel,
        "The repository has its weights only as pickle files (\(ModelCache.printable(pickle))), "
          + "which can run programs when they are read, so they are not.",
        subject: repository,
        remedy:
          "Look for a repository of the same model with model.safetensors or a .gguf file; or, "
          + "if you trust it, convert it with transformers (save_pretrained) and run: attune models "
          + "import <folder>"
      )
    }
    if listing.paths.contains("adapter_model.safetensors") {
      return ModelCatalogError(
        .unsupportedModel,
        "The repository has only an adapter, not the model that it changes.",
        subject: repository,
        remedy: "Choose a repository with the whole model, or merge the adapter into it first."
      )
    }
    return ModelCatalogError(
      .unsupportedModel,
      "The repository lacks \(missing.names.joined(separator: ", ")), and has no GGUF file.",
      subject: repository,
      remedy: "Choose a repository with config.json, model.safetensors (or its parts with their "
        + "index) and the tokenizer's files, or with a .gguf file."
    )
  }

  func noRoom(needed: Int, free: Int) -> ModelCatalogError {
    ModelCatalogError(
      .fileSystem,
      "The disk has too little room: \(megabytes(needed)) are still to come, \(megabytes(free)) are "
        + "free.",
      subject: puller.cache.folder.path,
      remedy: "Make room, choose a smaller model, or set ATTUNE_CACHE to a folder on another disk."
    )
  }

  private func denied(_ message: String, _ status: Int, _ remedy: String) -> ModelCatalogError {
    ModelCatalogError(
      .accessDenied,
      message,
      subject: reference.repository,
      cause: "status \(status)",
      remedy: remedy
    )
  }

  /// Whether a file holds weights as Python objects; what a training run leaves beside them does not
  /// count.
  private static func isPickle(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let isOther = ["training_args", "optimizer", "scheduler", "rng_state"].contains {
      name.hasPrefix($0)
    }
    return !isOther && [".bin", ".pt", ".pth", ".ckpt", ".pkl"].contains { name.hasSuffix($0) }
  }

  private func list(_ files: [String], _ listing: HubListing) -> String {
    let shown = files.prefix(20).map { path in
      let size = (try? listing.file(path)).map { " (\(megabytes($0.size)))" } ?? ""
      return ModelCache.printable(path) + size
    }
    return shown.joined(separator: ", ") + (files.count > shown.count ? " and others" : "")
  }

  private func megabytes(_ bytes: Int) -> String { "\(max(1, bytes / 1_000_000)) MB" }
}
