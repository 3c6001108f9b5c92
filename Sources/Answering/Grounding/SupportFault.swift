/// Why a sentence of an answer does not count as supported.
public struct SupportFault: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Sendable {
    /// A name that the passages do not hold.
    case name
    /// A number, date or time that they do not hold.
    case number
    /// A number of another unit or currency than theirs.
    case unit
    /// A name or number that stands in the passage where another belongs.
    case exchanged
    /// It denies what they say, or says what they deny.
    case negation
    /// It says the opposite of a word of theirs.
    case opposite
    /// Too few of its words stand in them.
    case claim
    /// It makes no statement that could be checked.
    case nothingToCheck
    /// The passage changed or went while the answer was written.
    case passageChanged
  }

  public var kind: Kind
  /// What of the sentence it is about; absent where it is the whole.
  public var text: String?

  public init(_ kind: Kind, _ text: String? = nil) {
    self.kind = kind
    self.text = text
  }
}
