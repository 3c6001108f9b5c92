/// Looks at the texts of examples one by one: empty, unfinished, masked, with foreign markers, with
/// personal data.
struct TextCheck {
  /// What was found.
  private(set) var findings: [Finding] = []
  /// How many examples have something to learn, as far as texts can tell.
  private(set) var learningCount = 0

  private let context: CheckContext

  /// Looks at the texts; `reportsMasks` where no encoder tells what is learnt.
  init(_ context: CheckContext, reportsMasks: Bool) {
    self.context = context
    for (index, example) in context.examples.enumerated() {
      let learns = example.messages.contains {
        $0.role == .assistant && $0.isLearnt && !Self.isBlank($0.content)
      }
      if learns {
        learningCount += 1
      } else if reportsMasks {
        reportNothingLearnt(index)
      }
      checkEmpty(index, example)
      checkMarkers(index, example)
      checkPersonalData(index, example)
      if let answer = example.answer, UnfinishedText.isUnfinished(answer) {
        let end = String(answer.suffix(60))
        findings.append(
          context.finding(
            .unfinished,
            .warning,
            [index],
            "The answer stops within a sentence.",
            remedy: "Finish the sentence or cut it: the model learns to stop like this.",
            excerpt: "… \(Excerpt.of(end))"
          )
        )
      }
    }
  }

  private mutating func reportNothingLearnt(_ index: Int) {
    let hasAnswer = context.examples[index].messages.contains { $0.role == .assistant }
    findings.append(
      context.finding(
        .nothingLearnt,
        .error,
        [index],
        hasAnswer
          ? "No text of the assistant is marked as learnt." : "The assistant says nothing.",
        remedy: "Give it an assistant's message with text that is marked as learnt, or drop it."
      )
    )
  }

  private mutating func checkEmpty(_ index: Int, _ example: Example) {
    let what: String
    if example.messages.isEmpty {
      what = "The example has no message."
    } else if let place = example.messages.firstIndex(where: { Self.isBlank($0.content) }) {
      what = "Message \(place + 1), of the \(example.messages[place].role.rawValue), has no text."
    } else {
      return
    }
    findings.append(
      context.finding(
        .empty,
        .warning,
        [index],
        what,
        remedy: "Fill in the text or drop the example."
      )
    )
  }

  private mutating func checkMarkers(_ index: Int, _ example: Example) {
    for message in example.messages {
      guard let marker = ChatMarkers.first(in: message.content) else { continue }
      findings.append(
        context.finding(
          .foreignMarker,
          .warning,
          [index],
          "The text of the \(message.role.rawValue) holds “\(marker)”, a marker of a chat format.",
          remedy: "Import the conversation in its own format, or remove the marker from the text.",
          excerpt: Excerpt.of(message.content)
        )
      )
      return
    }
  }

  private mutating func checkPersonalData(_ index: Int, _ example: Example) {
    var items: [PersonalData] = []
    for text in example.messages.map(\.content) + [example.passage ?? ""] {
      items += PersonalData.find(in: text)
    }
    for kind in [Finding.Kind.personalData, .secret] {
      var seen: Set<String> = []
      let shown = items.filter { ($0.kind == .secret) == (kind == .secret) }
        .filter { seen.insert($0.text).inserted }
      guard let first = shown.first else { continue }
      let isGrave = shown.contains { [.card, .iban, .nationalID, .secret].contains($0.kind) }
      let list = shown.prefix(4).map { "\($0.name) \(Excerpt.of($0.masked, limit: 24))" }
      findings.append(
        context.finding(
          kind,
          isGrave ? .error : .warning,
          [index],
          shown.count == 1
            ? "The text holds \(Self.article(first.name)) \(first.name)."
            : "The text holds \(shown.count) pieces of "
              + (kind == .secret ? "secret data." : "personal data."),
          remedy: kind == .secret
            ? "Remove it, and revoke it: what is trained on can be said again."
            : "Remove or replace it, unless the model is meant to say it to everyone.",
          excerpt: list.joined(separator: ", ")
        )
      )
    }
  }

  private static func article(_ name: String) -> String {
    guard let first = name.first else { return "a" }
    return "aeAEIO".contains(first) ? "an" : "a"
  }

  private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
