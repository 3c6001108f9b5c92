/// Looks at what a dataset is made of: documents in splits, answers and documents that outweigh the
/// rest, languages.
struct BalanceCheck {
  /// What was found.
  private(set) var findings: [Finding] = []
  /// The languages, the most frequent first.
  private(set) var languages: [DatasetCheck.LanguageCount] = []
  /// The most frequent answer.
  private(set) var topAnswer: DatasetCheck.Dominance?
  /// The most frequent document.
  private(set) var topDocument: DatasetCheck.Dominance?

  private let context: CheckContext

  /// Looks at all examples together.
  init(_ context: CheckContext) {
    self.context = context
    checkDocuments()
    checkAnswers()
    checkLanguages()
  }

  private mutating func checkDocuments() {
    var byDocument: [String: [Int]] = [:]
    for (index, example) in context.examples.enumerated() {
      guard let document = example.source?.document else { continue }
      byDocument[document, default: []].append(index)
    }
    let documents = byDocument.sorted { $0.value[0] < $1.value[0] }
    for (document, indices) in documents where context.settings.isSplitByDocument {
      let splits = Set(indices.compactMap { context.examples[$0].split })
      guard splits.count > 1 else { continue }
      let names = Example.Split.allCases.filter(splits.contains).map(\.rawValue)
      findings.append(
        context.finding(
          .sharedDocument,
          .error,
          indices,
          "Examples of one document stand in \(names.joined(separator: " and ")).",
          remedy: "Split by document, so that what is measured was not read in training.",
          excerpt: Excerpt.of(document)
        )
      )
    }
    let total = documents.reduce(0) { $0 + $1.value.count }
    topDocument = dominance(documents.map { ($0.key, $0.value.count) }, of: total)
    guard let top = topDocument, documents.count > 1, total >= 50,
      top.share > max(context.settings.largestShare, 3 / Double(documents.count))
    else { return }
    reportImbalance("One document gives \(Self.percent(top.share)) of the examples.", top.value)
  }

  private mutating func checkAnswers() {
    var counts: [String: Int] = [:]
    var total = 0
    for example in context.examples {
      guard let answer = example.answer else { continue }
      let key = answer.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
      guard !key.isEmpty else { continue }
      counts[key, default: 0] += 1
      total += 1
    }
    topAnswer = dominance(counts.map { ($0.key, $0.value) }, of: total)
    guard let top = topAnswer, total >= 50, counts.count > 1,
      top.share > context.settings.largestShare, top.share > 1.5 / Double(counts.count)
    else { return }
    reportImbalance("One answer is \(Self.percent(top.share)) of all answers.", top.value)
  }

  private mutating func reportImbalance(_ message: String, _ value: String) {
    findings.append(
      context.finding(
        .imbalance,
        .warning,
        [],
        message,
        remedy: "Add others or drop some of these, or the model will prefer them everywhere.",
        excerpt: value
      )
    )
  }

  private mutating func checkLanguages() {
    var members: [String: [Int]] = [:]
    for (index, example) in context.examples.enumerated() {
      let text = example.messages.filter { $0.role != .system }.map { $0.content.prefix(1500) }
        .joined(separator: "\n")
      members[LanguageDetector.language(of: text) ?? "und", default: []].append(index)
    }
    languages = members.map { .init(language: $0.key, examples: $0.value.count) }
      .sorted { ($1.examples, $0.language) < ($0.examples, $1.language) }
    let known = context.examples.count - (members["und"]?.count ?? 0)
    for language in languages where language.language != "und" {
      // A language of its own is a choice; a few strays among many are not.
      guard known >= 50, language.examples <= max(2, known / 100) else { continue }
      for index in members[language.language] ?? [] {
        findings.append(
          context.finding(
            .foreignLanguage,
            .note,
            [index],
            "The text seems to be in another language (\(language.language)) than the others.",
            remedy: "Keep it if it is meant; else translate or drop it."
          )
        )
      }
    }
  }

  private func dominance(_ counts: [(String, Int)], of total: Int) -> DatasetCheck.Dominance? {
    guard let top = counts.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }), total > 0 else { return nil }
    return .init(
      value: Excerpt.of(top.0, limit: 80),
      examples: top.1,
      share: Double(top.1) / Double(total)
    )
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
