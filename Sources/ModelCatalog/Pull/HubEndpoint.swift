import Foundation

/// The hub, or the mirror that `HF_ENDPOINT` names, and the token for what is not open to all.
struct HubEndpoint {
  private let base: URL
  private let token: String?
  /// Whether there is a token that is not sent, because others on the way could read it.
  let withholdsToken: Bool

  /// The address as it is told to people.
  static func name(_ environment: [String: String]) -> String {
    environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
  }

  /// Reads `HF_ENDPOINT` and `HF_TOKEN`.
  ///
  /// - Throws: `originFailed` if one of them cannot be what it should.
  init(_ environment: [String: String]) throws(ModelCatalogError) {
    let name = Self.name(environment)
    guard let url = URL(string: name), let scheme = url.scheme?.lowercased(),
      scheme == "https" || scheme == "http", let host = url.host(), !host.isEmpty
    else {
      throw ModelCatalogError(
        .originFailed,
        "The address in HF_ENDPOINT is no http address.",
        subject: ModelCache.printable(name),
        remedy: "Write it like https://huggingface.co"
      )
    }
    base = url
    let given = environment["HF_TOKEN"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    // Nothing of a token is ever shown, not even of one that is none.
    guard given.utf8.count <= 1_000, given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ModelCatalogError(
        .originFailed,
        "What HF_TOKEN holds is no token.",
        subject: "HF_TOKEN",
        remedy: "Copy it again from \(name)/settings/tokens, or unset HF_TOKEN."
      )
    }
    let isPrivate =
      scheme == "https" || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
    token = given.isEmpty || !isPrivate ? nil : given
    withholdsToken = !given.isEmpty && !isPrivate
  }

  /// Whether a token goes along.
  var hasToken: Bool { token != nil }

  /// The token to send to an address: only the hub's own host gets it.
  func token(for url: URL) -> String? {
    let isOwn = url.scheme == base.scheme && url.host() == base.host() && url.port == base.port
    return isOwn ? token : nil
  }

  /// The address of a file at a commit.
  func file(_ path: String, of repository: String, at commit: String) -> URL {
    base.appendingPathComponent("\(repository)/resolve/\(commit)/\(path)")
  }

  /// The address that tells the commit of a revision, and its files with their hashes.
  ///
  /// Source: https://huggingface.co/docs/hub/api, `GET /api/models/{id}/revision/{revision}`.
  func listing(of repository: String, at revision: String) -> URL? {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._")
    // A revision such as `refs/pr/1` is one component of the path.
    guard let name = revision.addingPercentEncoding(withAllowedCharacters: allowed) else {
      return nil
    }
    var address = base.absoluteString
    while address.hasSuffix("/") { address.removeLast() }
    return URL(string: "\(address)/api/models/\(repository)/revision/\(name)?blobs=true")
  }

  /// The page of a repository, for people.
  func page(of repository: String) -> URL { base.appendingPathComponent(repository) }

  /// The page where tokens are made.
  var tokenPage: URL { base.appendingPathComponent("settings/tokens") }
}
