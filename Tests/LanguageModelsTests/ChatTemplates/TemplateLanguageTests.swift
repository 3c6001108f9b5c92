import LanguageModels
import Testing

/// Small templates against what jinja2 makes of them.
@Suite("The language of chat templates")
struct TemplateLanguageTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var source: String
    var text: String?

    var testDescription: String { source }
  }

  static func cases() throws -> [Case] {
    let fixture = try ChatTemplateFixtures.read("language.json").objectValue
    return (fixture?["cases"]?.arrayValue ?? []).compactMap { value in
      guard let source = value.objectValue?["source"]?.stringValue else { return nil }
      return Case(source: source, text: value.objectValue?["text"]?.stringValue)
    }
  }

  static func variables() throws -> [String: TemplateValue] {
    let fixture = try ChatTemplateFixtures.read("language.json").objectValue
    let members = fixture?["variables"]?.objectValue?.members ?? []
    return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
  }

  /// What works in Jinja and is refused here, each with an error that names it.
  static let refused: Set<String> = [
    "{{ people | groupby('age') }}", "{{ text | truncate(5) }}", "{{ 'a b' | urlencode }}",
    "{{ text.encode() }}",
  ]

  @Test("is read as jinja2 reads it")
  func rendersAsJinjaDoes() throws {
    let variables = try Self.variables()
    let cases = try Self.cases()
    #expect(cases.count > 250)
    for item in cases {
      let result = Result {
        try ChatTemplate(source: item.source).render(
          variables: variables,
          now: ChatTemplateFixtures.now,
          timeZone: ChatTemplateFixtures.timeZone
        )
      }
      switch result {
      case .success(let text):
        let expected = item.text ?? "an error"
        #expect(
          text.unicodeScalars.elementsEqual(expected.unicodeScalars),
          "\(item.source)\n gave \(text)\n not \(expected)"
        )
      case .failure(let error):
        let isRefused =
          Self.refused.contains(item.source)
          && (error as? ChatTemplateError)?.code == .unsupportedConstruct
        #expect(
          item.text == nil || isRefused,
          "\(item.source)\n failed: \(error)\n not \(item.text ?? "")"
        )
      }
    }
  }
}
