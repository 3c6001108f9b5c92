import Synchronization

extension WebSource {
  /// The configured page, or the pages of the configured sitemap, in the order of their paths.
  ///
  /// Pages are not asked for yet: whether one has changed shows when it is read. Where a part of a sitemap
  /// cannot be read, the pages that are known are listed too, so that each is asked for itself.
  ///
  /// - Throws: ``DocumentError`` when the page or sitemap cannot be fetched.
  public func list() throws -> SourceListing {
    let path = root.documentPath
    let wasPage = known[path] != nil
    let result: Result<WebSession.Answer, WebFault>
    do throws(WebFault) {
      result = .success(try session.get(root, unlike: validators(path)))
    } catch {
      // A page that was there and is gone is no fault of the source.
      guard error.isGone, wasPage else { throw error.documentError(location) }
      result = .failure(error)
    }
    if case .success(.page(let page)) = result {
      if let listing = try sitemapListing(page) { return listing }
      guard wasPage || known.isEmpty else { throw noSitemapAnyMore }
    }
    listed.state.withLock { state in
      state.pages = [path: root]
      state.root = result
    }
    return SourceListing(items: [item(path)])
  }

  /// A listing that differs wherever a page does: every page is asked for.
  public func look() throws -> SourceListing {
    var listing = try list()
    var items: [SourceItem] = []
    for item in listing.items {
      do {
        items.append(SourceItem(path: item.path, fingerprint: try read(item).hash))
      } catch let error as DocumentError {
        if error.code != .notFound { listing.failures.append(error) }
      }
    }
    listing.items = items
    return listing
  }

  /// Whether a page has changed is not known before it is read, so its fingerprint is that of none.
  private func item(_ path: String) -> SourceItem {
    SourceItem(path: path, fingerprint: "ask")
  }

  private func sitemapListing(_ page: WebSession.Page) throws -> SourceListing? {
    guard let sitemap = try sitemap(page) else { return nil }
    var walk = SitemapWalk(home: [root, page.url], limits: webLimits)
    walk.take(sitemap, from: page.url, depth: 0)
    while let (url, depth) = walk.next() {
      do {
        guard case .page(let page) = try session.get(url), let inner = try self.sitemap(page) else {
          throw WebFault(reason: .malformed("it is no sitemap"), url: url)
        }
        walk.take(inner, from: page.url, depth: depth)
      } catch let error as WebFault {
        walk.fail(error.documentError(url.documentPath))
      }
    }
    if walk.pages.isEmpty, walk.failures.isEmpty { throw emptySitemap }
    var pages = walk.pages
    if !walk.failures.isEmpty {
      for path in known.keys where !path.contains("#") && pages[path] == nil {
        pages[path] = root.with(documentPath: path)
      }
    }
    listed.state.withLock { state in
      state.pages = pages
      state.root = nil
    }
    let paths = pages.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return SourceListing(
      items: paths.map(item),
      skipped: walk.skipped,
      failures: walk.failures
    )
  }

  /// The page as a sitemap, packed or not; nil where it is none.
  private func sitemap(_ page: WebSession.Page) throws -> Sitemap? {
    var bytes = page.bytes
    if bytes.starts(with: [0x1F, 0x8B]) {
      do throws(WebFault) {
        bytes = try session.inflated(bytes, of: page.url)
      } catch {
        // Whatever it is, it is read as what it is.
        return nil
      }
    }
    return Sitemap(bytes, limit: webLimits.pages)
  }

  private var noSitemapAnyMore: DocumentError {
    DocumentError(
      .malformed,
      "\(location) was a sitemap and is none any more",
      subject: location,
      remedy: "Look at it in a browser. If it is meant to be a page now, remove the source and add"
        + " it again. What is known of its pages stays."
    )
  }

  private var emptySitemap: DocumentError {
    DocumentError(
      .malformed,
      "the sitemap \(location) names no pages",
      subject: location,
      remedy: "Look at it in a browser. What is known of its pages stays."
    )
  }
}
