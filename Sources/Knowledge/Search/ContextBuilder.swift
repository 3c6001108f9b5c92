import Documents

/// Gathers what an answer is written from: the best passages, the passages beside them and the
/// summaries of their documents, within a token budget.
public struct ContextBuilder: Sendable {
  private let store: any PassageStore
  private let countTokens: @Sendable (String) -> Int
  private let settings: ContextSettings

  public init(
    store: any PassageStore,
    settings: ContextSettings = ContextSettings(),
    countTokens: @escaping @Sendable (String) -> Int
  ) {
    self.store = store
    self.settings = settings
    self.countTokens = countTokens
  }

  /// The context for hits that are ordered best first.
  ///
  /// Hits go in first, then neighbours of the best ones, then summaries, until the budget is spent;
  /// a part that does not fit is left out and a later, shorter one may still go in. The result is
  /// ordered by role, and within a role by the hit it came from.
  public func context(for hits: [SearchHit]) throws -> [ContextPart] {
    var budget = settings.tokens
    var parts: [ContextPart] = []
    func add(_ passage: StoredPassage, role: ContextPart.Role, hit: SearchHit) {
      // A small table is a passage beside its rows.
      guard role == .summary || !parts.contains(where: { $0.passage.overlaps(passage) }) else {
        return
      }
      let tokens = countTokens(passage.passage.text)
      guard tokens <= budget else { return }
      budget -= tokens
      parts.append(
        ContextPart(
          passage: passage,
          role: role,
          score: hit.score,
          scores: role == .hit ? hit.scores : SearchHit.Scores(),
          tokens: tokens
        )
      )
    }
    let best = hits.prefix(settings.passages)
    for hit in best { add(hit.passage, role: .hit, hit: hit) }
    for hit in best.prefix(settings.passagesWithNeighbours) where hit.passage.passage.fields.isEmpty
    {
      let ordinal = hit.passage.passage.ordinal
      let around = max(0, ordinal - settings.neighbours)..<(ordinal + settings.neighbours + 1)
      for neighbour in try store.passages(ofDocument: hit.passage.document.id, ordinals: around) {
        add(neighbour, role: .neighbour, hit: hit)
      }
    }
    var summarised: Set<Int64> = []
    for hit in best where summarised.insert(hit.passage.document.id).inserted {
      if let summary = try store.summary(ofDocument: hit.passage.document.id) {
        add(summary, role: .summary, hit: hit)
      }
    }
    return parts
  }
}
