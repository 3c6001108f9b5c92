extension ComparisonPage {
  /// What was asked, what was trained on, what was left out.
  var dataSection: Section? {
    let data = report.data
    var facts = [
      ("Source", "<bdi>\(PageText.escaped(data.source))</bdi>"),
      (
        "Questions",
        "\(FigureText.count(data.questions)), of which \(FigureText.count(data.answerable)) have an "
          + "answer in the data and \(FigureText.count(data.unanswerable)) have none"
      ),
      ("Documents asked about", FigureText.count(data.clusters)),
    ]
    if let known = data.known, let new = data.new {
      facts.append(
        ("Facts", "\(FigureText.count(known)) known from training, \(FigureText.count(new)) new")
      )
    }
    if data.trainingExamples > 0 || data.trainingSource != nil {
      let source = data.trainingSource.map { " from <bdi>\(PageText.escaped($0))</bdi>" } ?? ""
      facts.append(
        ("Trained on", FigureText.count(data.trainingExamples, "example") + source)
      )
    }
    let seeds = arms.filter { $0.report.seeds.count > 1 }.map {
      "\($0.label): \(FigureText.count($0.report.seeds.count))"
    }
    if !seeds.isEmpty { facts.append(("Seeds", seeds.joined(separator: ", "))) }
    if let rate = data.changesPerDay {
      facts.append(("Changes a day", FigureText.rate(rate)))
    }
    let generators = arms.map {
      "<li>\($0.label): <bdi>\(PageText.escaped($0.report.arm.generator))</bdi></li>"
    }
    if !generators.isEmpty {
      facts.append(("Answers written by", "<ul>\(generators.joined())</ul>"))
    }
    let list = facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n")
    return Section(
      "data",
      "Data",
      "<dl class=\"facts\">\n\(list)\n</dl>\n\(exclusions)"
    )
  }

  /// How many left-out questions are listed.
  private static let listed = 100

  private var exclusions: String {
    let excluded = report.data.excluded
    guard !excluded.isEmpty else { return "<p class=\"soft\">No question was left out.</p>" }
    let counts = ComparisonData.Exclusion.Reason.allInOrder.compactMap { reason -> String? in
      let count = excluded.count { $0.reason == reason }
      return count > 0 ? "\(reason.title): \(FigureText.count(count))" : nil
    }
    let table = PageTable(
      caption: "Questions that were left out",
      columns: [
        .init("Question", isFigure: false), .init("Why", isFigure: false),
        .init("Like", isFigure: false),
      ],
      rows: excluded.prefix(Self.listed).map {
        [
          Self.text($0.wording, to: 200), $0.reason.title,
          $0.like.map { Self.text($0, to: 200) } ?? "",
        ]
      }
    )
    let more =
      excluded.count > Self.listed
      ? "<p class=\"soft\">and \(FigureText.count(excluded.count - Self.listed)) more</p>" : ""
    return """
      <details class="same"><summary>\(FigureText.count(excluded.count, "question")) left out (\
      \(counts.joined(separator: ", ")))</summary>
      \(table.html())\(more)
      </details>
      """
  }

  /// A text from data, cut and escaped, that keeps its direction to itself.
  static func text(_ text: String, to limit: Int) -> String {
    "<bdi>\(PageText.escaped(PageText.cut(text, to: limit)))</bdi>"
  }

  /// How the figures were made.
  var methodSection: Section? {
    Section(
      "method",
      "How to read this",
      """
      <div class="prose">
      <p>All arms were asked the same questions, with the same limits. An answer is <strong>right\
      </strong> when it holds an accepted answer; where the data have none, when the arm abstains; \
      where a calculation over a table is wanted, when the arm says so. No model judges.</p>
      <p>Questions about the same document are not independent. <strong>Intervals</strong> are \
      cluster-robust t intervals over documents, and <strong>verdicts</strong> rest on sign-flip \
      permutation over documents with Holm’s correction over all pairs. “Not distinguishable” does \
      not mean equal: it means that these questions do not show a difference.</p>
      <p>A question whose wording, or nearly its wording, is in the training data is left out.</p>
      </div>
      """
    )
  }
}

extension ComparisonData.Exclusion.Reason {
  fileprivate static let allInOrder: [Self] = [.trained, .duplicate, .noAnswer]

  fileprivate var title: String {
    switch self {
    case .trained: "wording is trained on"
    case .duplicate: "repeats another question"
    case .noAnswer: "no accepted answer"
    }
  }
}
