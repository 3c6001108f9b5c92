/// Questions with what all arms said, each behind a line that opens it.
///
/// It works without a script; with one, it can be filtered.
struct QuestionList {
  var questions: [QuestionReport]
  var arms: [ReportArm]

  /// The most bytes that all questions take together, so that a page stays below six megabytes.
  static let budget = 5_400_000

  /// How much of a reply is shown.
  struct Limits {
    /// Characters of everything that a person was shown.
    var shown: Int
    /// Citations, and characters of a quote.
    var citations: Int
    var quote: Int

    /// From the most generous on; the first that keeps to the budget is taken.
    static let all = [
      Limits(shown: 600, citations: 5, quote: 300),
      Limits(shown: 300, citations: 3, quote: 160),
      Limits(shown: 160, citations: 2, quote: 80),
      Limits(shown: 80, citations: 1, quote: 40),
    ]
  }

  func html() -> String {
    let kinds = Set(questions.map(\.kind)).sorted()
    var items: [String] = []
    for limits in Limits.all {
      items = rendered(limits, kinds: kinds)
      if items.count == questions.count { break }
    }
    let rest = questions.count - items.count
    let more =
      rest > 0
      ? "\n<p class=\"soft\">\(FigureText.count(rest, "more question")) in report.json.</p>" : ""
    return """
      <p class="soft">A line opens to what every arm said, with its first seed where it has several. \
      ✓ right, ✗ wrong, ◐ right with some seeds, – not asked.</p>
      \(controls(kinds))
      <div id="list">
      \(items.joined(separator: "\n"))
      </div>\(more)
      """
  }

  /// The questions as elements, as far as the budget goes.
  private func rendered(_ limits: Limits, kinds: [String]) -> [String] {
    var items: [String] = []
    var size = 0
    for question in questions {
      let item = QuestionItem(question: question, arms: arms, limits: limits)
      let text = item.html(kind: kinds.firstIndex(of: question.kind) ?? 0)
      size += text.utf8.count
      if size > Self.budget { break }
      items.append(text)
    }
    return items
  }

  /// Hidden until the script shows them.
  private func controls(_ kinds: [String]) -> String {
    let kindOptions = kinds.enumerated().map { index, kind in
      "<option value=\"\(index)\">\(ComparisonPage.kindText(kind))</option>"
    }
    let armOptions = arms.enumerated().flatMap { index, arm in
      let name = "\(arm.letter) \(PageText.escaped(arm.title))"
      return [
        "<option value=\"wrong-\(index)\">\(name): wrong</option>",
        "<option value=\"right-\(index)\">\(name): right</option>",
      ]
    }
    return """
      <form id="filter" class="controls" hidden="hidden">
      <label>Text <input type="search" id="filter-text" autocomplete="off"/></label>
      <label>Kind <select id="filter-kind"><option value="">all</option>\
      \(kindOptions.joined())</select></label>
      <label>Show <select id="filter-show"><option value="">all</option>\
      <option value="differ">arms differ</option><option value="none">no arm right</option>\
      <option value="every">every arm right</option>\(armOptions.joined())</select></label>
      <button type="button" id="filter-open">Open all shown</button>
      <output id="filter-count" role="status"></output>
      </form>
      """
  }
}
