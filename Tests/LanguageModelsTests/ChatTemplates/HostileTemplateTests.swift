import Foundation
import LanguageModels
import TestSupport
import Testing

/// Templates that would run for ever, nest without end or grow without bounds end with an error.
@Suite("Hostile chat templates")
struct HostileTemplateTests {
  private static func render(
    _ source: String,
    _ variables: [String: TemplateValue] = [:],
    steps: Int = 500_000
  ) throws -> String {
    var limits = ChatTemplateLimits()
    limits.steps = min(steps, limits.steps)
    return try ChatTemplate(source: source, limits: limits).render(
      variables: variables,
      now: ChatTemplateFixtures.now,
      timeZone: ChatTemplateFixtures.timeZone
    )
  }

  /// Templates that must not end well, most of them in Jinja neither.
  static let hostile: [String] = [
    // Without end.
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% macro f(n) %}{% if true %}{% for i in [1] %}{{ [f(n + 1)] }}{% endfor %}{% endif %}{% endmacro %}{{ f(0) }}",
    "{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}{{ g() }}",
    "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro f(g) %}{{ g(g) }}{% endmacro %}{{ f(f) }}",
    // Growth.
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(150) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(150) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | tojson }}",
    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(150) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}",
    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(150) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ [ns.x, ns.y] | sort }}",
    "{{ 'a' * 99999999999 }}", "{{ [1] * 99999999999 }}", "{{ ['a' * 9999999] * 9999 }}",
    "{{ 'aaaa'.replace('', 'b' * 9999999) }}", "{{ 'a'.ljust(999999999999) }}",
    "{{ ('a' * 100000) | replace('a', 'b' * 100000) }}", "{{ 'a'.zfill(9223372036854775807) }}",
    "{{ [1] | tojson(indent=9999999999) }}", "{{ '%9999999999d' % 1 }}",
    "{{ ('x\\n' * 99999) | indent(99999) }}",
    "{{ range(99999) | batch(1) | map('list') | list * 999 }}",
    "{{ 'a' | center(9223372036854775807) }}", "{{ [1] | batch(9223372036854775807, 0) | list }}",
    "{{ [1] | slice(9223372036854775807) | list }}",
    // Nesting of values.
    "{% set ns = namespace(x=1) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(9999) %}{% set ns.x = {'a': ns.x} %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(9999) %}{% set ns.x = [ns.x] | map('string') %}{% set ns.x = [ns.x] | select %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(9999) %}{% for y in [ns.x] %}{% set ns.x = loop %}{% endfor %}{% endfor %}",
    "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}",
    "{% set ns = namespace() %}{% set ns.x = [ns] %}{{ ns.x }}",
    // Numbers.
    "{{ 9223372036854775807 + 1 }}", "{{ -9223372036854775807 - 2 }}",
    "{{ (-9223372036854775807 - 1) // -1 }}", "{{ -(-9223372036854775807 - 1) }}",
    "{{ (-9223372036854775807 - 1) | abs }}", "{{ 10 ** 100 }}", "{{ 99999999999999999999 }}",
    "{{ 1e300 | int }}", "{{ range(-9223372036854775807, 9223372036854775807) }}",
    "{{ 1e308 * 10 ** 308 }}", "{{ 0 ** -1 }}", "{{ range(0, 1, -9223372036854775807 - 1) }}",
    // Sources that nest.
    "{{ " + String(repeating: "(", count: 20_000), String(repeating: "{{ [", count: 5000),
    "{{ " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000) + "}}",
    "{{ " + String(repeating: "[", count: 5000) + "1" + String(repeating: "]", count: 5000) + "}}",
    "{{ " + String(repeating: "{1:", count: 5000) + "1" + String(repeating: "}", count: 5000)
      + "}}",
    "{{ " + String(repeating: "not ", count: 5000) + "1 }}",
    "{{ " + String(repeating: "-", count: 5000) + "1 }}",
    "{{ " + String(repeating: "1 if ", count: 5000) + "1 }}",
    "{{ " + String(repeating: "1 if 1 else ", count: 5000) + "1 }}",
    "{{ " + String(repeating: "a[", count: 5000) + "1" + String(repeating: "]", count: 5000) + "}}",
    "{{ " + String(repeating: "f(", count: 5000) + "1" + String(repeating: ")", count: 5000) + "}}",
    "{{ " + String(repeating: "1 is in ", count: 5000) + "[1] }}",
    String(repeating: "{% if true %}", count: 5000) + String(repeating: "{% endif %}", count: 5000),
    String(repeating: "{% for i in [1] %}", count: 500)
      + String(repeating: "{% endfor %}", count: 500),
    "{% set " + String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000)
      + " = 1 %}",
    String(repeating: "{% macro f() %}", count: 500)
      + String(repeating: "{% endmacro %}", count: 500),
  ]

  @Test("end with an error")
  func hostileTemplatesFail() throws {
    for source in Self.hostile {
      #expect(throws: ChatTemplateError.self, "\(source.prefix(200))") { try Self.render(source) }
    }
  }

  @Test("end soon by the usual limits")
  func usualLimitsEndSoon() throws {
    let time = ContinuousClock().measure {
      let endless = Self.hostile.filter { $0.contains("range(99999)") }
      for source in endless + ["{{ ['a' * 9999999] * 9999 }}"] {
        #expect(throws: ChatTemplateError.self) { try Self.render(source, steps: .max) }
      }
    }
    #expect(time < .seconds(60))
  }

  @Test("that are long but flat are rendered")
  func longTemplatesRender() throws {
    #expect(try Self.render("{{ 1" + String(repeating: " + 1", count: 20_000) + " }}") == "20001")
    #expect(try Self.render("{{ 1" + String(repeating: " ~ 1", count: 9) + " }}") == "1111111111")
    #expect(try Self.render("{{ 'a'" + String(repeating: "|upper", count: 5000) + " }}") == "A")
    #expect(try Self.render("{{ 'a'" + String(repeating: ".upper()", count: 5000) + " }}") == "A")
    let branches = (1..<3000).map { "{% elif x == \($0) %}\($0)" }.joined()
    #expect(try Self.render("{% if x == 0 %}\(branches){% endif %}", ["x": 2999]) == "2999")
  }

  /// Threads have stacks of 512 KiB on some systems, and of 128 KiB in static programs.
  @Test("need little of the stack, however deep")
  func deepTemplatesFitSmallStacks() throws {
    let sources =
      Self.hostile + [
        "{{ " + String(repeating: "(", count: 70) + "1" + String(repeating: ")", count: 70) + "}}",
        "{{ " + String(repeating: "[", count: 70) + "1" + String(repeating: "]", count: 70) + "}}",
        String(repeating: "{% if true %}", count: 75) + String(repeating: "{% endif %}", count: 75),
        "{% set ns = namespace(x=1) %}{% for i in range(190) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}{{ ns.x | tojson }}{{ ns.x == ns.x }}{{ ns.x <= ns.x }}",
      ]
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      for source in sources { _ = try? Self.render(source) }
      finished.signal()
    }
    thread.stackSize = 128 << 10
    thread.start()
    #expect(finished.wait(timeout: .now() + 120) == .success)
  }
}
