/// Sets examples aside by document, so that none is trained on whose passage is validated on.
public enum ReadingHoldout {
  /// Whole documents in the order of their hashes, until enough examples are set aside.
  ///
  /// - Parameters:
  ///   - examples: All examples.
  ///   - count: How many to set aside at least, if there are as many.
  ///   - seed: Chooses the documents.
  /// - Returns: Both parts, each in the order given, and the sources of the documents set aside.
  public static func split(_ examples: [ReadingExample], count: Int, seed: UInt64 = 1) -> (
    training: [ReadingExample], held: [ReadingExample], sources: Set<String>
  ) {
    var sizes: [String: Int] = [:]
    for example in examples { sizes[example.source, default: 0] += 1 }
    func order(_ source: String) -> UInt64 {
      var random = SeededGenerator(seed: seed, name: source)
      return random.next()
    }
    let ordered = sizes.keys.map { (order: order($0), source: $0) }
      .sorted { ($0.order, $0.source) < ($1.order, $1.source) }
    var sources: Set<String> = []
    var total = 0
    for item in ordered where total < count {
      sources.insert(item.source)
      total += sizes[item.source] ?? 0
    }
    return (
      examples.filter { !sources.contains($0.source) },
      examples.filter { sources.contains($0.source) },
      sources
    )
  }
}
