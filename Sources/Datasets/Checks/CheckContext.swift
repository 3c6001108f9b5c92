/// What every check of a dataset looks at, and how it names what it finds.
struct CheckContext {
  /// The examples.
  var examples: [Example]
  /// Their names, of the same number.
  var names: [String]
  /// What the check is set to.
  var settings: DatasetChecker.Settings

  /// A finding about some of the examples; the excerpt is of the first unless given.
  func finding(
    _ kind: Finding.Kind,
    _ severity: Finding.Severity,
    _ indices: [Int],
    _ message: String,
    remedy: String,
    excerpt: String? = nil
  ) -> Finding {
    let sorted = indices.sorted()
    return Finding(
      kind: kind,
      severity: severity,
      examples: sorted,
      names: sorted.map { names[$0] },
      message: message,
      excerpt: excerpt ?? sorted.first.map { Excerpt.of(examples[$0]) } ?? "",
      remedy: remedy
    )
  }
}
