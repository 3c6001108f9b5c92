/// One question with what all arms said, as an element that opens.
struct QuestionItem {
  var question: QuestionReport
  var arms: [ReportArm]
  var limits: QuestionList.Limits

  /// How an arm did on the question.
  private enum Result {
    case right, wrong, partly, notAsked

    init(_ reply: QuestionReport.Reply?) {
      guard let reply, let score = reply.scores[Measure.right.rawValue] else {
        self = .notAsked
        return
      }
      self = score >= 1 ? .right : score > 0 ? .partly : .wrong
    }

    var mark: String {
      switch self {
      case .right: "✓"
      case .wrong: "✗"
      case .partly: "◐"
      case .notAsked: "–"
      }
    }

    var words: String {
      switch self {
      case .right: "right"
      case .wrong: "wrong"
      case .partly: "right with some seeds"
      case .notAsked: "not asked"
      }
    }

    /// One character for the filter.
    var code: String {
      switch self {
      case .right: "1"
      case .wrong: "0"
      case .partly: "p"
      case .notAsked: "n"
      }
    }

    var style: String {
      switch self {
      case .right: "good"
      case .wrong: "bad"
      case .partly, .notAsked: "soft"
      }
    }
  }

  /// - Parameter kind: The number of its kind, for the filter.
  /// - Returns: Markup.
  func html(kind: Int) -> String {
    let replies = arms.map { arm in question.replies.first { $0.arm == arm.id } }
    let results = replies.map(Result.init)
    let marks = zip(arms, results).map { arm, result in
      "<span class=\"\(result.style)\">\(arm.letter)\u{202F}\(result.mark)"
        + "<span class=\"vh\"> \(result.words)</span></span>"
    }
    let cards = zip(zip(arms, replies), results).map { entry, result in
      card(entry.0, entry.1, result)
    }
    return """
      <details class="q" data-k="\(kind)" data-r="\(results.map(\.code).joined())">
      <summary><span class="ask" dir="auto">\(escaped(question.question, limits.shown))</span> \
      <span class="marks">\(marks.joined(separator: " "))</span></summary>
      \(facts)
      <div class="replies">
      \(cards.joined(separator: "\n"))
      </div>
      </details>
      """
  }

  private var facts: String {
    let accepted =
      question.accepted.isEmpty
      ? "none: the data have no answer"
      : question.accepted.prefix(4).map { ComparisonPage.text($0, to: limits.quote) }
        .joined(separator: " <span class=\"soft\">or</span> ")
        + (question.accepted.count > 4 ? " …" : "")
    var about = [
      ComparisonPage.kindName(question.kind), ComparisonPage.text(question.cluster, to: 120),
    ]
    if let isKnown = question.isKnown { about.append(isKnown ? "known fact" : "new fact") }
    about.append(ComparisonPage.text(question.id, to: 80))
    return "<p>Accepted: \(accepted)</p><p class=\"soft\">\(about.joined(separator: " · "))</p>"
  }

  private func card(
    _ arm: ReportArm,
    _ reply: QuestionReport.Reply?,
    _ result: Result
  ) -> String {
    let verdict =
      "<strong class=\"\(result.style)\">\(result.mark) \(result.words)</strong>"
    guard let reply else {
      return "<div class=\"reply\"><p>\(arm.label) \(verdict)</p></div>"
    }
    let answer = reply.answer
    var parts = ["<p>\(arm.label) \(verdict)\(outcome(answer))</p>"]
    if !answer.answer.isEmpty {
      parts.append("<p class=\"answer\" dir=\"auto\">\(escaped(answer.answer, limits.shown))</p>")
    }
    if !Self.core(answer.shown).isEmpty, Self.core(answer.shown) != Self.core(answer.answer) {
      let shown = PageText.escaped(
        PageText.cut(answer.shown, to: limits.shown),
        keepsLines: true
      )
      parts.append("<p class=\"shown\" dir=\"auto\">\(shown)</p>")
    }
    if let fault = answer.fault, !fault.isEmpty {
      parts.append("<p class=\"bad\" dir=\"auto\">\(escaped(fault, limits.quote))</p>")
    }
    parts.append(citations(answer))
    parts.append("<p class=\"soft\">\(figures(answer))</p>")
    return "<div class=\"reply\">\(parts.joined())</div>"
  }

  /// A text without the blanks and full stops around it: an answer need not be shown twice.
  private static func core(_ text: String) -> Substring {
    let isEdge = { (character: Character) in character.isWhitespace || character == "." }
    var core = text.drop(while: isEdge)
    while let last = core.last, isEdge(last) { core.removeLast() }
    return core
  }

  private func outcome(_ answer: ArmAnswer) -> String {
    switch answer.outcome {
    case .answered: ""
    case .abstained: " · abstained"
    case .calculation: " · asks for a calculation"
    case .failed: " · failed"
    }
  }

  private func citations(_ answer: ArmAnswer) -> String {
    let places = answer.citations.prefix(limits.citations).map { place in
      var parts = ["<code>\(escaped(place.url, min(200, limits.shown)))</code>"]
      let document = PageText.cut(place.document, to: 120)
      if !PageText.cut(place.url, to: 200).contains(document) {
        parts.append(" <span class=\"soft\"><bdi>\(PageText.escaped(document))</bdi></span>")
      }
      if !place.quote.isEmpty {
        parts.append("<q dir=\"auto\">\(escaped(place.quote, limits.quote))</q>")
      }
      return "<li>\(parts.joined())</li>"
    }
    let rest = answer.citations.count - places.count
    let more = rest > 0 ? "<li class=\"soft\">and \(FigureText.count(rest)) more</li>" : ""
    return places.isEmpty ? "" : "<ul class=\"cites\">\(places.joined())\(more)</ul>"
  }

  private func figures(_ answer: ArmAnswer) -> String {
    var figures = [FigureText.milliseconds(answer.milliseconds)]
    if let confidence = answer.confidence {
      figures.append("confidence \(FigureText.percent(confidence))")
    }
    if let supported = answer.supported {
      figures.append("\(FigureText.percent(supported)) supported")
    }
    if !answer.trainedOn.isEmpty {
      figures.append("repeats \(FigureText.count(answer.trainedOn.count, "training example"))")
    }
    return figures.joined(separator: " · ")
  }

  private func escaped(_ text: String, _ limit: Int) -> String {
    PageText.escaped(PageText.cut(text, to: limit))
  }
}
