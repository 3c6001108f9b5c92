import Synchronization

/// Lends a word cache to one text at a time, so that what one text taught serves the next; whoever
/// comes while it is lent gets an empty one.
///
/// A cache only remembers what would be computed again, so results never depend on it.
final class WordCachePool: Sendable {
  private let cache = Mutex<WordCache?>(nil)

  func take() -> WordCache {
    cache.withLock { cache in
      defer { cache = nil }
      return cache
    } ?? WordCache()
  }

  func giveBack(_ lent: WordCache) {
    cache.withLock { $0 = lent }
  }
}
