import Synchronization

/// Fetches the pages of one source during one sync: looks up and checks every server that it speaks to,
/// keeps to `robots.txt`, follows redirections by hand and unpacks what comes. One request at a time.
final class WebSession: Sendable {
  /// A page as it was found, or word that it is as it was.
  enum Answer: Sendable {
    case page(Page)
    case unchanged
  }

  struct Page: Sendable {
    /// Where it was found in the end.
    var url: WebURL
    /// Its headers, by names in lower case.
    var headers: [String: String]
    /// The content, unpacked.
    var bytes: [UInt8]
    var validators: WebValidators
  }

  private struct State {
    /// What each origin lets programs read, or why that is not known.
    var robots: [String: Result<RobotsRules, WebFault>] = [:]
    /// How often in a row a host failed, and how.
    var troubles: [String: (count: Int, reason: WebFault.Reason)] = [:]
  }

  /// How many of a host's addresses are tried.
  private static let triedAddresses = 4

  private let limits: WebLimits
  private let maximumBytes: Int
  private let allowed: Set<String>
  private let web: any WebFetching
  private let addresses: @Sendable (String) throws(WebFault.Reason) -> [IPAddress]
  private let state = Mutex(State())

  /// - Parameters:
  ///   - limits: How far it goes.
  ///   - maximumBytes: The most bytes of one page, as sent and unpacked.
  ///   - allowed: Hosts that may lie on networks that are not public.
  ///   - web: Sends the requests.
  ///   - addresses: Looks up a host's name.
  init(
    limits: WebLimits,
    maximumBytes: Int,
    allowed: Set<String>,
    web: any WebFetching,
    addresses: @escaping @Sendable (String) throws(WebFault.Reason) -> [IPAddress]
  ) {
    self.limits = limits
    self.maximumBytes = maximumBytes
    self.allowed = allowed
    self.web = web
    self.addresses = addresses
  }

  /// Fetches a page.
  ///
  /// - Parameters:
  ///   - url: Where it is.
  ///   - known: What it was known by; where it still is, it is not sent again.
  /// - Returns: The page, or that it is as it was.
  /// - Throws: Why it could not be fetched.
  func get(_ url: WebURL, unlike known: WebValidators? = nil) throws(WebFault) -> Answer {
    let result = state.withLock { state -> Result<Answer, WebFault> in
      do throws(WebFault) {
        return .success(try answer(url, unlike: known, &state))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func answer(
    _ url: WebURL,
    unlike known: WebValidators?,
    _ state: inout State
  ) throws(WebFault) -> Answer {
    let conditions = known?.headers ?? []
    let found = try follow(url, conditions, &state) { url, state throws(WebFault) in
      guard try robots(of: url, &state).allow(url.target) else {
        throw WebFault(reason: .robots, url: url)
      }
    }
    func fault(_ reason: WebFault.Reason) -> WebFault { WebFault(reason: reason, url: found.url) }
    switch found.response.status {
    case 200, 203:
      return .page(
        Page(
          url: found.url,
          headers: found.response.headers,
          bytes: try unpacked(found.response, of: found.url),
          validators: WebValidators(found.response)
        )
      )
    case 204, 205: throw fault(.malformed("it has no content"))
    case 304:
      guard !conditions.isEmpty else { throw fault(.malformed("status 304 without a condition")) }
      return .unchanged
    case 404, 410: throw fault(.gone(found.response.status))
    case let status: throw fault(.status(status))
    }
  }

  // MARK: One step after the other

  /// Asks for an address and follows where it leads, as far as that is allowed.
  private func follow(
    _ url: WebURL,
    _ conditions: [(name: String, value: String)],
    _ state: inout State,
    check: (WebURL, inout State) throws(WebFault) -> Void
  ) throws(WebFault) -> (url: WebURL, response: WebResponse) {
    var current = url
    var seen: Set<WebURL> = [url]
    while true {
      try check(current, &state)
      let response = try send(current, conditions, &state)
      guard [301, 302, 303, 307, 308].contains(response.status) else { return (current, response) }
      func refuse(_ how: String) -> WebFault { WebFault(reason: .redirected(how), url: current) }
      guard let location = response.headers["location"] else {
        throw WebFault(reason: .malformed("a redirection to nowhere"), url: current)
      }
      let next: WebURL
      do throws(WebURL.Fault) {
        next = try current.resolving(location)
      } catch {
        throw refuse("to an address that \(error.reason)")
      }
      guard current.scheme == .http || next.scheme == .https else {
        throw refuse("to \(next), which is not encrypted")
      }
      guard seen.insert(next).inserted else { throw refuse("in a circle") }
      guard seen.count <= limits.redirects + 1 else {
        throw refuse("more than \(limits.redirects) times")
      }
      current = next
    }
  }

  /// Sends one request to a server that has been looked up and checked.
  private func send(
    _ url: WebURL,
    _ conditions: [(name: String, value: String)],
    _ state: inout State
  ) throws(WebFault) -> WebResponse {
    if let trouble = state.troubles[url.host], trouble.count >= limits.failures {
      throw WebFault(reason: trouble.reason, url: url)
    }
    do throws(WebFault.Reason) {
      let response = try send(url, conditions)
      let isBusy = response.status == 429 || response.status == 503
      note(isBusy ? .status(response.status) : nil, of: url.host, &state)
      return response
    } catch {
      note(error.isHosts ? error : nil, of: url.host, &state)
      throw WebFault(reason: error, url: url)
    }
  }

  private func note(_ trouble: WebFault.Reason?, of host: String, _ state: inout State) {
    state.troubles[host] = trouble.map { ((state.troubles[host]?.count ?? 0) + 1, $0) }
  }

  private func send(
    _ url: WebURL,
    _ conditions: [(name: String, value: String)]
  ) throws(WebFault.Reason) -> WebResponse {
    let places = try addresses(url.host)
    // One address that is not public is enough: which one is used is not the name's to say.
    if let bad = places.first(where: { !mayReach($0, host: url.host) }) { throw .refused(bad) }
    var last = WebFault.Reason.unresolved("it has no address")
    for place in places.prefix(Self.triedAddresses) {
      do throws(WebFault.Reason) {
        return try web.fetch(
          WebRequest(
            url: url,
            address: place,
            headers: [
              ("user-agent", RobotsRules.agent), ("accept", "text/html, */*;q=0.8"),
              ("accept-encoding", "gzip"),
            ] + conditions,
            limit: maximumBytes
          )
        )
      } catch .unreachable(let cause) {
        last = .unreachable(cause)
      }
    }
    throw last
  }

  private func mayReach(_ address: IPAddress, host: String) -> Bool {
    switch address.reach {
    case .everywhere: true
    case .local: allowed.contains(host)
    case .nobody: false
    }
  }

  // MARK: What may be read

  private func robots(of url: WebURL, _ state: inout State) throws(WebFault) -> RobotsRules {
    if let known = state.robots[url.origin] { return try known.get() }
    let result: Result<RobotsRules, WebFault>
    do throws(WebFault) {
      result = .success(try fetchRobots(of: url, &state))
    } catch {
      result = .failure(error)
    }
    state.robots[url.origin] = result
    return try result.get()
  }

  /// No such file means that everything may be read; a server that fails, that nothing may.
  private func fetchRobots(of url: WebURL, _ state: inout State) throws(WebFault) -> RobotsRules {
    func unknown(_ cause: String) -> WebFault {
      WebFault(reason: .robotsUnknown(cause), url: url)
    }
    let file = url.with(target: "/robots.txt")
    let found: (url: WebURL, response: WebResponse)
    do throws(WebFault) {
      found = try follow(file, [], &state) { _, _ throws(WebFault) in }
    } catch {
      switch error.reason {
      case .redirected(let how): throw unknown("it is redirected \(how)")
      case .malformed(let cause): throw unknown(cause)
      case .tooLarge: throw unknown("it is too large")
      default: throw error
      }
    }
    switch found.response.status {
    case 200..<300: return RobotsRules(try unpacked(found.response, of: found.url))
    case 429, 500...: throw unknown("status \(found.response.status)")
    default: return .everything
    }
  }

  // MARK: Content

  private func unpacked(_ response: WebResponse, of url: WebURL) throws(WebFault) -> [UInt8] {
    let coding = response.headers["content-encoding"]?.lowercased() ?? "identity"
    switch coding.trimmed {
    case "", "identity": return response.body
    case "gzip", "x-gzip", "deflate": return try inflated(response.body, of: url)
    default:
      throw WebFault(
        reason: .malformed("it is packed in a way that was not asked for"),
        url: url
      )
    }
  }

  /// Unpacks gzip under the limit for pages.
  func inflated(_ bytes: [UInt8], of url: WebURL) throws(WebFault) -> [UInt8] {
    let output: Inflater.Output
    do throws(Inflater.Fault) {
      output = try Inflater.inflate(bytes[...], .headed, limit: maximumBytes)
    } catch {
      throw WebFault(reason: .tooLarge(maximumBytes), url: url)
    }
    guard output.isComplete || bytes.isEmpty else {
      throw WebFault(reason: .interrupted("its packed content is damaged or cut off"), url: url)
    }
    return output.bytes
  }
}
