/// How much a template may do before rendering ends with an error.
///
/// Templates come with downloaded models, so they are not trusted: a template that loops for ever,
/// calls itself without end or doubles a string again and again must end with an error. The
/// templates that models ship need less than a hundredth of the usual limits.
public struct ChatTemplateLimits: Sendable, Equatable {
  /// The most scalars of template source.
  public var sourceLength = 1 << 20
  /// The most steps of rendering; a step is about one operation, or one item or 16 bytes handled.
  public var steps = 10_000_000
  /// The most bytes that one string, and so the whole result, may have.
  public var textBytes = 16 << 20
  /// The most levels of calls, blocks and expressions within one another while rendering.
  public var depth = 400

  /// The usual limits.
  public init() {}

  /// The most levels of blocks and expressions within one another in the source.
  static let sourceDepth = 80
  /// The most levels of lists and dictionaries within one another.
  static let valueDepth = 200
}
