/// The special tokens a model wants before and after a text.
struct SpecialTokenTemplate: Sendable {
  var prefix: [Int32]
  var suffix: [Int32]
}
