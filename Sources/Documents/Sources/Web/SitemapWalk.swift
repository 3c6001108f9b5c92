/// Gathers the pages of a sitemap and of those that it names.
struct SitemapWalk {
  /// By the paths of their documents.
  private(set) var pages: [String: WebURL] = [:]
  private(set) var failures: [DocumentError] = []
  private var skips: [DocumentError] = []
  private var uncountedSkips = 0
  private var waiting: [(url: WebURL, depth: Int)] = []
  private var taken: Set<WebURL>
  private let home: [WebURL]
  private let limits: WebLimits

  /// - Parameters:
  ///   - home: The sitemap's address as it was configured, and where it was found. Only places on these
  ///     hosts are taken.
  ///   - limits: How much is taken.
  init(home: [WebURL], limits: WebLimits) {
    self.home = home
    self.limits = limits
    taken = Set(home)
  }

  /// What was passed over, with the reason.
  var skipped: [DocumentError] {
    guard uncountedSkips > 0 else { return skips }
    return skips + [
      DocumentError(
        .link,
        "\(uncountedSkips) more places are passed over for such reasons",
        subject: home.first?.documentPath ?? "",
        remedy: "Look at the sitemap."
      )
    ]
  }

  /// The next sitemap to fetch.
  mutating func next() -> (url: WebURL, depth: Int)? { waiting.popLast() }

  mutating func fail(_ error: DocumentError) { failures.append(error) }

  /// Takes what a sitemap names.
  mutating func take(_ sitemap: Sitemap, from url: WebURL, depth: Int) {
    if let fault = sitemap.fault {
      fail(
        DocumentError(
          .malformed,
          "the sitemap \(url) is damaged and was read in part",
          subject: url.documentPath,
          cause: fault,
          remedy: "Have it mended by whoever runs the site. Pages that are known stay."
        )
      )
    }
    if sitemap.isCut { skip(url.documentPath, "the sitemap \(url) names more pages than are read") }
    for place in sitemap.places {
      let found: WebURL
      do throws(WebURL.Fault) {
        found = try WebURL(place)
      } catch {
        skip(String(place.prefix(200)), "an address in \(url) \(error.reason)")
        continue
      }
      guard home.contains(where: { found.isOnSameHost(as: $0) }) else {
        skip(found.description, "\(found) is on another host than the sitemap that names it")
        continue
      }
      if sitemap.isIndex { wait(for: found, depth: depth + 1) } else { take(found) }
    }
  }

  private mutating func take(_ page: WebURL) {
    let path = page.documentPath
    guard pages[path] == nil else { return }
    guard pages.count < limits.pages else {
      return skip(path, "\(page) is beyond the \(limits.pages) pages that are read of a site")
    }
    // The way to a page is never less protected than the way to the sitemap that names it.
    let isSecure = home.allSatisfy { $0.scheme == .https }
    let usual = page.port == page.scheme.defaultPort
    pages[path] =
      isSecure && page.scheme == .http && usual
      ? WebURL(scheme: .https, host: page.host, port: 443, target: page.target) : page
  }

  private mutating func wait(for sitemap: WebURL, depth: Int) {
    guard taken.insert(sitemap).inserted else { return }
    guard depth <= limits.sitemapDepth, taken.count <= limits.sitemaps + home.count else {
      return skip(sitemap.documentPath, "\(sitemap) is one sitemap too many or too deep")
    }
    waiting.append((sitemap, depth))
  }

  private mutating func skip(_ subject: String, _ message: String) {
    guard skips.count < limits.shownSkips else {
      uncountedSkips += 1
      return
    }
    skips.append(
      DocumentError(
        .link,
        message,
        subject: subject,
        remedy: "Add it as a source of its own, if it should be read."
      )
    )
  }
}
