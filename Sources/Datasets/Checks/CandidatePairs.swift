/// Pairs of texts that may be alike, found in time that grows with their number, not with its square.
struct CandidatePairs {
  /// How many neighbours a text is compared with in a bucket that many share.
  private static let reach = 24
  /// Texts that agree less in their signatures are not worth a closer look.
  private static let leastAgreement = 0.3

  private let minHash: MinHash

  /// The hash functions follow from the seed.
  init(seed: UInt64) { minHash = MinHash(seed: seed) }

  /// Pairs of indices, the lower first, in ascending order, each once.
  ///
  /// Texts are compared twice: by the letter trigrams of all their content words, and by those of their
  /// rare words only, as in data made by a template the common words say little.
  ///
  /// - Complexity: O(n log n) in the number of texts.
  func pairs(_ texts: [ComparableText], _ vocabulary: Vocabulary) -> [(Int, Int)] {
    let common = Int32(clamping: max(6, texts.count / 200))
    var found = pairs(of: texts.map { $0.content + $0.values }, vocabulary, isRare: { _ in true })
    found.formUnion(
      pairs(of: texts.map { $0.content + $0.values }, vocabulary) {
        vocabulary.documentCounts[Int($0)] <= common
      }
    )
    return found.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }

  private func pairs(
    of texts: [[Int32]],
    _ vocabulary: Vocabulary,
    isRare: (Int32) -> Bool
  ) -> Set<UInt64> {
    let signatures = texts.map { words in
      let kept = words.filter(isRare)
      return kept.isEmpty
        ? [] : minHash.signature(of: kept.lazy.flatMap { vocabulary.trigrams[Int($0)] })
    }
    let members = signatures.indices.filter { !signatures[$0].isEmpty }
    // Equal sets come to stand side by side, and similar ones near each other.
    let order = members.sorted {
      signatures[$0] == signatures[$1]
        ? $0 < $1 : signatures[$0].lexicographicallyPrecedes(signatures[$1])
    }
    // One after the other in one list: comparing them is most of the work.
    let all = order.flatMap { signatures[$0] }
    var found: Set<UInt64> = []
    for band in 0..<MinHash.bands {
      var buckets: [UInt64: [Int32]] = [:]
      buckets.reserveCapacity(order.count)
      for (place, index) in order.enumerated() {
        buckets[MinHash.key(signatures[index], band: band), default: []].append(
          Int32(truncatingIfNeeded: place)
        )
      }
      for bucket in buckets.values where bucket.count > 1 {
        for (start, first) in bucket.enumerated() {
          for second in bucket[(start + 1)...].prefix(Self.reach) {
            let (left, right) = (order[Int(first)], order[Int(second)])
            let pair = UInt64(min(left, right)) << 32 | UInt64(max(left, right))
            let agreement = MinHash.agreement(all, Int(first), Int(second))
            if agreement >= Self.leastAgreement { found.insert(pair) }
          }
        }
      }
    }
    return found
  }
}
