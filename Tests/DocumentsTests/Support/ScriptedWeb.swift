import Documents
import Synchronization

/// A network in memory: answers by address, host names by table, and a log of what was asked.
final class ScriptedWeb: WebFetching {
  /// A request as it arrived.
  struct Arrival: Hashable, Sendable {
    var url: String
    var address: String
    var headers: [String: String]
  }

  typealias Answer = Result<WebResponse, WebFault.Reason>

  private struct State {
    var answers: [String: Answer] = [:]
    var hosts: [String: [[String]]] = [:]
    var arrivals: [Arrival] = []
    var lookups: [String] = []
  }

  private let state = Mutex(State())

  /// What was asked, without `robots.txt`.
  var arrivals: [Arrival] {
    state.withLock { $0.arrivals.filter { !$0.url.hasSuffix("/robots.txt") } }
  }

  var robotsArrivals: Int {
    state.withLock { $0.arrivals.count { $0.url.hasSuffix("/robots.txt") } }
  }

  var lookups: [String] { state.withLock(\.lookups) }

  func forget() { state.withLock { $0.arrivals = [] } }

  /// Serves a body, with headers.
  func serve(_ url: String, _ body: String, _ headers: [String: String] = [:]) {
    serve(url, Array(body.utf8), headers)
  }

  func serve(_ url: String, _ body: [UInt8], _ headers: [String: String] = [:]) {
    answer(url, .success(WebResponse(status: 200, headers: headers, body: body)))
  }

  func answer(_ url: String, _ answer: Answer) {
    state.withLock { $0.answers[url] = answer }
  }

  func status(_ url: String, _ status: Int, _ headers: [String: String] = [:]) {
    answer(url, .success(WebResponse(status: status, headers: headers)))
  }

  func redirect(_ url: String, to place: String) { status(url, 302, ["location": place]) }

  /// Gives a host addresses: one list for each time it is looked up, the last one for ever.
  func resolve(_ host: String, to lists: [String]...) {
    state.withLock { $0.hosts[host] = lists }
  }

  func fetch(_ request: WebRequest) throws(WebFault.Reason) -> WebResponse {
    let url = request.url.description
    let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
    let answer = state.withLock { state in
      state.arrivals.append(
        Arrival(url: url, address: request.address.description, headers: headers)
      )
      return state.answers[url]
    }
    guard let answer else { return WebResponse(status: 404) }
    let response = try answer.get()
    // As servers do: what the other side knows is not sent again.
    if let tag = response.headers["etag"], headers["if-none-match"] == tag {
      return WebResponse(status: 304)
    }
    if response.headers["etag"] == nil, let date = response.headers["last-modified"],
      headers["if-modified-since"] == date
    {
      return WebResponse(status: 304)
    }
    guard response.body.count <= request.limit else { throw .tooLarge(request.limit) }
    return response
  }

  /// Public, unless told otherwise; a host that is an address is that address.
  func addresses(of host: String) throws(WebFault.Reason) -> [IPAddress] {
    let texts = state.withLock { state in
      state.lookups.append(host)
      guard var lists = state.hosts[host] else {
        return IPAddress(host) == nil ? ["8.8.8.8"] : [host]
      }
      let first = lists.count > 1 ? lists.removeFirst() : lists.first ?? []
      state.hosts[host] = lists
      return first
    }
    guard !texts.isEmpty else { throw .unresolved("unknown") }
    return texts.compactMap { IPAddress($0) }
  }

  /// A source on this network.
  func source(
    _ url: String,
    allow: [String] = [],
    known: [String: KnownPage] = [:],
    maximumBytes: Int = 1 << 20,
    limits: WebLimits = WebLimits()
  ) throws -> WebSource {
    try WebSource(
      url: url,
      name: "site",
      allowedHosts: allow,
      known: known,
      limits: SourceLimits(maximumFileBytes: maximumBytes),
      webLimits: limits,
      web: self,
      addresses: { host throws(WebFault.Reason) in try self.addresses(of: host) }
    )
  }
}

extension WebSource {
  /// Lists and reads everything: what is known then, with failures by document.
  func readAll() throws -> (
    known: [String: KnownPage], texts: [String: String], failures: [DocumentError],
    skipped: [DocumentError]
  ) {
    let listing = try list()
    var known: [String: KnownPage] = [:]
    var texts: [String: String] = [:]
    var failures = listing.failures
    for item in listing.items {
      do {
        let content = try read(item)
        known[item.path] = KnownPage(
          fingerprint: (content.item?.fingerprint ?? "") + " reader 2",
          contentHash: content.hash
        )
        texts[item.path] = try content.extract().text
      } catch let error as DocumentError {
        failures.append(error)
      }
    }
    return (known, texts, failures, listing.skipped)
  }
}
