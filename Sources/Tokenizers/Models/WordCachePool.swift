import Synchronization

/// Lends word caches to texts, so that what one text taught serves the next; a text whose turn
/// comes while all are lent gets an empty one.
///
/// A cache only remembers what would be computed again, so results never depend on it.
final class WordCachePool: Sendable {
  /// As many are kept as threads are likely to tokenize at once.
  private static let most = 4

  private let caches = Mutex<[WordCache]>([])

  func take() -> WordCache {
    caches.withLock { $0.popLast() } ?? WordCache()
  }

  /// Takes a cache back and leaves the lender an empty one, so that nothing is shared.
  func giveBack(_ lent: inout WordCache) {
    let cache = lent
    lent = WordCache()
    caches.withLock { caches in
      if caches.count < Self.most { caches.append(cache) }
    }
  }
}
