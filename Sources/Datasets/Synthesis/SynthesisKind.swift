/// A way of making questions from a passage without a model.
public enum SynthesisKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A sentence with a number, date or name taken out.
  case cloze
  /// What something is, or what its letters stand for.
  case definition
  /// What a section says.
  case section
  /// A cell of a table's row.
  case cell
}
