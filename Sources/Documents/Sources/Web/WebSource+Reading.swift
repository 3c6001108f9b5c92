import Synchronization

extension WebSource {
  /// Asks for a page. Where it is as it was, its content is known and not sent again.
  public func read(_ item: SourceItem) throws -> SourceContent {
    let place = listed.state.withLock { $0.pages[item.path] }
    let url = place ?? root.with(documentPath: item.path)
    do throws(WebFault) {
      switch try answer(url, path: item.path) {
      case .page(let page): return content(of: page, at: url, path: item.path)
      case .unchanged: return unchanged(url, path: item.path)
      }
    } catch {
      throw error.documentError(item.path)
    }
  }

  /// A page with its headers.
  private func content(of page: WebSession.Page, at url: WebURL, path: String) -> SourceContent {
    let type = MIMEParameters(Array((page.headers["content-type"] ?? "").utf8))
    // What a page says of itself is written by those who wrote the page.
    let charset =
      TextDecoder.declaredSet(page.bytes) == nil
      ? type["charset"].flatMap { CharacterSet(label: $0) } : nil
    let surroundings = ContentSurroundings(
      characterSet: charset,
      format: FileFormat(mediaType: type.value)
        ?? FormatDetector.format(ofName: String(url.path))
    )
    var content = SourceContent(
      file: page.bytes,
      path: path,
      surroundings: surroundings,
      limits: limits
    )
    let read = content.extract
    content.extract = {
      var document = try read()
      document.metadata["url"] = url.description
      return document
    }
    content.item = SourceItem(
      path: path,
      fingerprint: page.validators.fingerprint,
      size: page.bytes.count,
      modified: page.validators.modified
    )
    return content
  }

  /// A page that is as it was. Where its content is wanted nevertheless (by readers that have become
  /// better), it is fetched after all.
  private func unchanged(_ url: WebURL, path: String) -> SourceContent {
    let validators = validators(path)
    let fetched = FetchedOnce { () throws -> SourceContent in
      do throws(WebFault) {
        guard case .page(let page) = try session.get(url) else {
          throw WebFault(reason: .malformed("status 304 without a condition"), url: url)
        }
        return content(of: page, at: url, path: path)
      } catch {
        throw error.documentError(path)
      }
    }
    var unread = SourceContent(
      hash: known[path]?.contentHash ?? "",
      extract: { try fetched.content().extract() },
      parts: { try fetched.content().parts() }
    )
    unread.item = SourceItem(
      path: path,
      fingerprint: validators?.fingerprint ?? "",
      modified: validators?.modified
    )
    return unread
  }
}

/// Content that is fetched when it is first wanted.
private final class FetchedOnce: Sendable {
  private let fetch: @Sendable () throws -> SourceContent
  private let kept = Mutex<SourceContent?>(nil)

  init(_ fetch: @escaping @Sendable () throws -> SourceContent) { self.fetch = fetch }

  func content() throws -> SourceContent {
    try kept.withLock { kept in
      if let kept { return kept }
      let content = try fetch()
      kept = content
      return content
    }
  }
}
