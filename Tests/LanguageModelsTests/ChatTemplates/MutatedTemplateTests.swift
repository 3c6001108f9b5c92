import Foundation
import LanguageModels
import TestSupport
import Testing

/// Templates that were damaged at random are rendered or refused, but never trap or hang.
@Suite("Damaged chat templates")
struct MutatedTemplateTests {
  /// Small limits, so that each damaged template ends soon.
  private static var limits: ChatTemplateLimits {
    var limits = ChatTemplateLimits()
    limits.steps = 50_000
    limits.textBytes = 1 << 20
    return limits
  }

  private static let pieces = [
    "{%", "%}", "{{", "}}", "{#", "#}", "-", "+", "if", "else", "endif", "for", "in", "endfor",
    "set", "macro", "endmacro", "namespace", "messages", "loop", "loop(", "|", "|tojson", "|length",
    "is", "not", "(", ")", "[", "]", "[0]", "[-1]", "[::-1]", ".", ",", "~", "*", "**", "//", "%",
    "'", "\"", "\\", "\n", " ", "9223372036854775807", "-1", "1e308", "none", "true", "range(9999)",
    "|list", "|sort", "|join", "|map('upper')", "* 99999", "break", "continue", "raw", "endraw",
    "recursive", "generation", "{% call f() %}", "\u{301}", "é", "👩‍👩‍👧", "\u{0}",
  ]

  private static func mutated(
    _ source: [Unicode.Scalar],
    with other: [Unicode.Scalar],
    _ random: inout SplitMix64
  ) -> String {
    var scalars = source
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...scalars.count, using: &random)
      let end = min(scalars.count, place + Int.random(in: 0...12, using: &random))
      switch random.next() % 5 {
      case 0: scalars.removeSubrange(place..<end)
      case 1:
        scalars.insert(
          contentsOf: (pieces.randomElement(using: &random) ?? "").unicodeScalars,
          at: place
        )
      case 2:
        let piece = (pieces.randomElement(using: &random) ?? "").unicodeScalars
        scalars.replaceSubrange(place..<end, with: piece)
      case 3:
        let start = Int.random(in: 0...other.count, using: &random)
        let length = Int.random(in: 0...200, using: &random)
        scalars.insert(contentsOf: other[start..<min(other.count, start + length)], at: place)
      default:
        scalars.insert(contentsOf: scalars[place..<end], at: place)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The small templates, and those of models where the shared data is there.
  private static func sources() throws -> [[Unicode.Scalar]] {
    var sources = try TemplateLanguageTests.cases().map { Array($0.source.unicodeScalars) }
    if SharedData.holds("tokenizers/chat-templates") {
      for model in try ChatTemplateFixtures.models() {
        let source = try ChatTemplateFixtures.source(of: model.template)
        // The longest take most of the time and show least.
        if source.utf8.count < 5000 { sources.append(Array(source.unicodeScalars)) }
      }
    }
    return sources
  }

  @Test("never trap, and end soon", arguments: [1, 2] as [UInt64])
  func damagedTemplatesEnd(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sources = try Self.sources()
    let conversations = try ChatTemplateFixtures.conversations()
    var variables = try TemplateLanguageTests.variables()
    var counts = (rendered: 0, refused: 0)
    let rounds = TestLength.isFull ? 100_000 : 3000
    for _ in 0..<rounds {
      let source = try #require(sources.randomElement(using: &random))
      let other = try #require(sources.randomElement(using: &random))
      let conversation = try #require(conversations.randomElement(using: &random))
      variables["messages"] = conversation["messages"]
      variables["tools"] = conversation["tools"]
      variables["add_generation_prompt"] = true
      let text = Self.mutated(source, with: other, &random)
      let result = Result {
        try ChatTemplate(source: text, limits: Self.limits).render(
          variables: variables,
          now: ChatTemplateFixtures.now,
          timeZone: ChatTemplateFixtures.timeZone
        )
      }
      switch result {
      case .success: counts.rendered += 1
      case .failure(let error):
        counts.refused += 1
        #expect((error as? ChatTemplateError)?.message.isEmpty == false)
      }
    }
    // Mutations that are all refused by the parser would try little.
    #expect(counts.rendered > rounds / 20)
    #expect(counts.refused > rounds / 20)
  }
}
