import Synchronization

/// A web page, or the pages that a sitemap names. No link is ever followed.
///
/// Listing fetches the page or sitemap that is configured; every page of a sitemap is asked for when it is
/// read, and not sent again where it is as it was. See `docs/decisions/0020`.
public struct WebSource: DocumentSource {
  /// The address of the page or sitemap.
  public var location: String { root.description }
  /// What the source is called in URLs.
  public var name: String
  public var limits: SourceLimits

  let root: WebURL
  let webLimits: WebLimits
  let known: [String: KnownPage]
  let session: WebSession
  let listed = Listed()

  /// What a listing leaves for the reading that follows it.
  final class Listed: Sendable {
    struct State {
      /// Where the documents are.
      var pages: [String: WebURL] = [:]
      /// What the configured page answered; it need not be asked for twice.
      var root: Result<WebSession.Answer, WebFault>?
    }

    let state = Mutex(State())
  }

  /// - Parameters:
  ///   - url: `http://` or `https://`, without user and password.
  ///   - name: What the source is called; by default the host.
  ///   - allowedHosts: Hosts that may lie on networks that are not public, such as this machine.
  ///   - known: What is known of the source's documents, by path.
  ///   - limits: How large a page may become.
  /// - Throws: ``DocumentError`` where the address or a host cannot be used.
  public init(
    url: String,
    name: String? = nil,
    allowedHosts: [String] = [],
    known: [String: KnownPage] = [:],
    limits: SourceLimits = SourceLimits()
  ) throws {
    try self.init(
      url: url,
      name: name,
      allowedHosts: allowedHosts,
      known: known,
      limits: limits,
      webLimits: WebLimits(),
      web: NetworkWeb(),
      addresses: SystemResolver.addresses
    )
  }

  /// The same with a network of the caller's.
  package init(
    url: String,
    name: String? = nil,
    allowedHosts: [String] = [],
    known: [String: KnownPage] = [:],
    limits: SourceLimits = SourceLimits(),
    webLimits: WebLimits = WebLimits(),
    web: any WebFetching,
    addresses: @escaping @Sendable (String) throws(WebFault.Reason) -> [IPAddress]
  ) throws {
    root = try Self.parse(url)
    self.name = name ?? root.host
    self.known = known
    self.limits = limits
    self.webLimits = webLimits
    let hosts = try allowedHosts.map { text in
      guard let host = WebURL.host(text) else { throw Self.noHost(text) }
      return host
    }
    session = WebSession(
      limits: webLimits,
      maximumBytes: limits.maximumFileBytes,
      allowed: Set(hosts),
      web: web,
      addresses: addresses
    )
  }

  /// Whether a text is meant as an address of the web.
  public static func isURL(_ text: String) -> Bool { WebURL.isURL(text) }

  /// Whether a text is the name of a host, as it may be allowed by.
  public static func isHost(_ text: String) -> Bool { WebURL.host(text) != nil }

  /// The address of a document, made from that of its source.
  ///
  /// - Parameters:
  ///   - path: The document's path within the source.
  ///   - location: The source's address.
  /// - Returns: The page; nil where the source is none of the web.
  public static func pageURL(ofDocument path: String, in location: String) -> String? {
    let page = path.prefix { $0 != "#" }
    return (try? WebURL(location))?.with(documentPath: String(page)).description
  }

  /// Asks for a page, unless the listing has done so just now.
  func answer(_ url: WebURL, path: String) throws(WebFault) -> WebSession.Answer {
    if url == root {
      let kept = listed.state.withLock { state in
        defer { state.root = nil }
        return state.root
      }
      if let kept { return try kept.get() }
    }
    return try session.get(url, unlike: validators(path))
  }

  func validators(_ path: String) -> WebValidators? {
    known[path].flatMap { WebValidators(fingerprint: $0.fingerprint) }
  }

  private static func parse(_ text: String) throws -> WebURL {
    do {
      return try WebURL(text)
    } catch {
      let shown = text.prefix { $0 != "@" }.prefix(200)
      let hidden = error.reason.contains("password")
      throw DocumentError(
        .malformed,
        hidden
          ? "The address \(error.reason); it is not kept."
          : "The address “\(shown)” \(error.reason).",
        subject: hidden ? "the address" : String(shown),
        remedy: hidden
          ? "Give it without them. Pages that need a login are not read."
          : "Write it as a browser shows it: https://docs.example/handbook.html"
      )
    }
  }

  private static func noHost(_ text: String) -> DocumentError {
    DocumentError(
      .malformed,
      "“\(text)” is no host's name.",
      subject: text,
      remedy: "Name the host alone, without scheme and port: intranet.example"
    )
  }
}
