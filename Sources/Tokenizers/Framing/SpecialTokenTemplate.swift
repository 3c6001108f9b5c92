/// The special tokens a model wants before and after a text.
struct SpecialTokenTemplate: Sendable {
  var prefix: [Int32] = []
  var suffix: [Int32] = []
  /// How offsets are freed of white space; nil to leave them.
  var trimming: OffsetTrimming?
}
