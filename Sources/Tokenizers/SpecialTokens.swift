/// The ids of the tokens with a role of their own, as far as the vocabulary has them.
public struct SpecialTokens: Sendable, Equatable {
  /// Stands for a word the vocabulary cannot spell (`[UNK]`).
  public var unknown: Int32?
  /// Stands in front of a text (`[CLS]`).
  public var classification: Int32?
  /// Stands after a text (`[SEP]`).
  public var separator: Int32?
  /// Fills a batch (`[PAD]`).
  public var padding: Int32?
  /// Hides a word in training (`[MASK]`).
  public var mask: Int32?
  /// Begins what a language model reads (`<s>`).
  public var beginning: Int32?
  /// Ends what a language model writes (`</s>`).
  public var end: Int32?
}
