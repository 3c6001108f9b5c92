/// Rows that share what they have read: the branches of one search over what may come next.
package struct AttentionBranches: Sendable {
  /// The keys and values of what all the branches have read.
  package let cache: AttentionCache
  /// How many positions of the cache they see: the first ones.
  package let positions: Int
  /// The branches' rows.
  package let rows: Range<Int>

  package init(cache: AttentionCache, positions: Int, rows: Range<Int>) {
    self.cache = cache
    self.positions = positions
    self.rows = rows
  }
}
