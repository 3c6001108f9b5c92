/// What is still due of a JSON text, the next on top. Stacks share what lies below.
///
/// The depth is bounded by that of the schema, which does not refer to itself.
final class JSONStack: Hashable, Sendable {
  /// A part of the text that has been begun, or is to be.
  enum Frame: Hashable {
    /// A node of which nothing has been written.
    case node(Int)
    /// Bytes of a literal, of which so many are written.
    case literal(Int, written: Int)
    case blank
    /// A string with so many characters written.
    case string(Int, count: Int, JSONStringState)
    case number(Int, JSONNumberState)
    /// An object whose members before one are dealt with, and whether any was written.
    case object(Int, next: Int, hasMembers: Bool)
    /// An array with so many items written.
    case array(Int, count: Int)
  }

  let top: Frame
  let rest: JSONStack?
  private let hash: Int

  init(_ top: Frame, on rest: JSONStack?) {
    self.top = top
    self.rest = rest
    var hasher = Hasher()
    hasher.combine(top)
    hasher.combine(rest?.hash)
    hash = hasher.finalize()
  }

  static func == (left: JSONStack, right: JSONStack) -> Bool {
    left === right || (left.hash == right.hash && left.top == right.top && left.rest == right.rest)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
