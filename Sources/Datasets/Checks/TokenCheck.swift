/// Looks at examples as the model sees them: their lengths, what is cut, what is learnt and how it ends.
struct TokenCheck {
  /// What was found.
  private(set) var findings: [Finding] = []
  /// The lengths in tokens, without the examples that cannot be encoded.
  private(set) var lengths: LengthSummary
  /// How many examples keep a learnt token within the limit.
  private(set) var learningCount = 0
  /// How many examples lose every learnt token to the limit.
  private(set) var emptiedCount = 0
  /// How many examples end with a wrong token.
  private(set) var wrongEndCount = 0
  /// How many examples could be encoded.
  private(set) var encodedCount = 0

  private let context: CheckContext
  private let encoder: any ExampleEncoder

  /// Encodes each example once.
  init(_ context: CheckContext, encoder: any ExampleEncoder) {
    self.context = context
    self.encoder = encoder
    var counts: [Int] = []
    var learnt = 0
    var (beyond, lost, lostLearnt) = (0, 0, 0)
    lengths = LengthSummary(unit: .tokens, lengths: [])
    let limit = max(0, encoder.maximumTokens)
    for (index, example) in context.examples.enumerated() {
      guard let encoded = encode(example, index) else { continue }
      encodedCount += 1
      counts.append(encoded.tokens.count)
      learnt += encoded.learntCount
      let cut = max(0, encoded.tokens.count - limit)
      let cutLearnt = encoded.isLearnt.dropFirst(limit).count { $0 }
      if cut > 0 {
        beyond += 1
        lost += cut
        lostLearnt += cutLearnt
        reportCut(index, encoded, cut: cut, cutLearnt: cutLearnt)
      }
      if encoded.learntCount == 0 {
        reportNothingLearnt(index)
      } else if encoded.learntCount == cutLearnt {
        emptiedCount += 1
      } else {
        learningCount += 1
      }
      checkEnds(index, encoded)
    }
    lengths = LengthSummary(
      unit: .tokens,
      lengths: counts,
      learnt: learnt,
      limit: encoder.maximumTokens,
      examplesBeyondLimit: beyond,
      lostTokens: lost,
      lostLearntTokens: lostLearnt
    )
    reportWithoutEndTokens()
  }

  private mutating func encode(_ example: Example, _ index: Int) -> EncodedExample? {
    do {
      return try encoder.encode(example)
    } catch {
      findings.append(
        context.finding(
          .cannotEncode,
          .error,
          [index],
          "The model cannot take the conversation: \(Excerpt.of("\(error)", limit: 200))",
          remedy: "Use the roles that the model's chat template knows, in its order."
        )
      )
      return nil
    }
  }

  private mutating func reportCut(
    _ index: Int,
    _ encoded: EncodedExample,
    cut: Int,
    cutLearnt: Int
  ) {
    let total = encoded.tokens.count
    let losesAll = encoded.learntCount > 0 && cutLearnt == encoded.learntCount
    findings.append(
      context.finding(
        .truncated,
        losesAll ? .error : cutLearnt > 0 ? .warning : .note,
        [index],
        """
        \(total) tokens are \(cut) more than the limit of \(encoder.maximumTokens); \
        \(cutLearnt) of \(encoded.learntCount) learnt tokens are lost\
        \(losesAll ? ", so that nothing is learnt" : "").
        """,
        remedy: "Shorten the example, split it, or raise the limit."
      )
    )
  }

  private mutating func reportNothingLearnt(_ index: Int) {
    findings.append(
      context.finding(
        .nothingLearnt,
        .error,
        [index],
        "No token of the example is learnt.",
        remedy: "Give it an assistant's message with text that is marked as learnt, or drop it."
      )
    )
  }

  /// Each learnt stretch is an answer, and the model must learn to stop after it. White space that a
  /// template writes after the end token is passed over.
  private mutating func checkEnds(_ index: Int, _ encoded: EncodedExample) {
    guard !encoder.endTokens.isEmpty, encoded.learntCount > 0 else { return }
    var stretches = 0
    var wrong: [Int32] = []
    for place in encoded.tokens.indices where encoded.isLearnt[place] {
      let isLast = place + 1 == encoded.tokens.count || !encoded.isLearnt[place + 1]
      guard isLast else { continue }
      stretches += 1
      var end = place
      while end > 0, encoded.isLearnt[end - 1], !encoder.endTokens.contains(encoded.tokens[end]),
        encoder.text(of: [encoded.tokens[end]]).allSatisfy(\.isWhitespace)
      { end -= 1 }
      if !encoder.endTokens.contains(encoded.tokens[end]) { wrong.append(encoded.tokens[end]) }
    }
    guard let last = wrong.last else { return }
    wrongEndCount += 1
    findings.append(
      context.finding(
        .wrongEndToken,
        .error,
        [index],
        """
        \(wrong.count) of \(stretches) learnt parts do not end with a token that ends an answer, but \
        with \(last) “\(Excerpt.of(encoder.text(of: [last]), limit: 20))”.
        """,
        remedy: "Use the model's own chat template, and learn the end token with the answer."
      )
    )
  }

  private mutating func reportWithoutEndTokens() {
    guard encoder.endTokens.isEmpty, encodedCount > 0 else { return }
    findings.append(
      context.finding(
        .wrongEndToken,
        .note,
        [],
        "The model names no token that ends an answer, so ends were not checked.",
        remedy: "See that the model's configuration names its end-of-sequence token."
      )
    )
  }
}
