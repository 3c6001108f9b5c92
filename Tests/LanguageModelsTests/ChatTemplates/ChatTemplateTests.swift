import Foundation
import LanguageModels
import TestSupport
import Testing

/// What a caller relies on beside the rendered text: errors, messages and settings.
@Suite("Chat templates")
struct ChatTemplateTests {
  private static func render(
    _ source: String,
    _ messages: [ChatMessage],
    variables: [String: TemplateValue] = [:]
  ) throws -> String {
    try ChatTemplate(source: source).render(
      messages: messages,
      addGenerationPrompt: true,
      variables: variables,
      now: ChatTemplateFixtures.now,
      timeZone: ChatTemplateFixtures.timeZone
    )
  }

  private static let hello = [ChatMessage(role: "user", content: "Hello")]

  @Test(
    "name what they do not know, and the line",
    arguments: [
      ("a\n{{ x | groupby('a') }}", "groupby"), ("a\n{{ x | shout }}", "shout"),
      ("a\n{{ x is nice }}", "nice"), ("a\n{% include 'x' %}", "include"),
      ("a\n{% block x %}{% endblock %}", "block"), ("a\n{% shout %}", "shout"),
      ("a\n{{ 'x'.encode() }}", "encode"), ("a\n{{ cycler(1) }}", "cycler"),
      ("a\n{{ strftime_now('%Q') }}", "%Q"), ("a\n{{ shout() }}", "shout"),
      ("a\n{{ messages[0].shout() }}", "shout"), ("a\n{{ messages[0].name.first }}", "name"),
      ("a\n{{ '\\N{BULLET}' }}", "\\N"), ("a\n{{ 1 + 'a' }}", "int"),
    ]
  )
  func errorsNameTheConstruct(source: String, name: String) throws {
    let error = #expect(throws: ChatTemplateError.self) { try Self.render(source, Self.hello) }
    #expect(error?.line == 2)
    #expect(error?.message.contains(name) == true, "\(String(describing: error))")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("that refuse a conversation say so in their own words")
  func refusalsKeepTheirWords() throws {
    let source =
      "{% if messages|length > 1 %}{{ raise_exception('Only ' ~ 1 ~ ' turn!') }}{% endif %}"
    let error = #expect(throws: ChatTemplateError.self) {
      try Self.render(source, Self.hello + Self.hello)
    }
    #expect(error?.code == .refusedByTemplate)
    #expect(error?.message == "Only 1 turn!")
  }

  @Test("need a message")
  func emptyConversationsAreRefused() throws {
    let error = #expect(throws: ChatTemplateError.self) { try Self.render("", []) }
    #expect(error?.code == .invalidInput)
  }

  @Test("see fields as transformers hands them over")
  func fieldsArePrepared() throws {
    let source = "{{ messages[0] }}{{ tools }}{{ documents }}{{ add_generation_prompt }}"
    let message = ChatMessage(
      fields: ["role": "assistant", "content": nil, "reasoning": "Hm.", "note": nil]
    )
    #expect(
      try Self.render(source, [message])
        == "{'thinking': 'Hm.', 'role': 'assistant', 'reasoning': 'Hm.', 'reasoning_content': 'Hm.'}NoneNoneTrue"
    )
  }

  @Test("see the messages that are built for them")
  func messagesHoldTheUsualFields() throws {
    let messages = [
      ChatMessage.assistant(
        "I look.",
        reasoning: "Where?",
        toolCalls: [ChatToolCall(id: "c1", name: "find", arguments: ["b": 1, "a": [true, 2.5]])]
      ),
      ChatMessage.tool("found", callID: "c1", name: "find"),
    ]
    #expect(messages[0].toolCalls.first?.arguments == ["b": 1, "a": [true, 2.5]])
    #expect(messages[0].reasoning == "Where?")
    #expect(messages[1].role == "tool")
    let source = "{{ messages[0].tool_calls | tojson }}{{ messages[1] | tojson }}"
    #expect(
      try Self.render(source, messages)
        == #"[{"id": "c1", "type": "function", "function": {"name": "find", "arguments": {"b": 1, "a": [true, 2.5]}}}]"#
        + #"{"role": "tool", "content": "found", "tool_call_id": "c1", "name": "find"}"#
    )
  }

  @Test("tell the time that is handed in, in its time zone")
  func timeIsHandedIn() throws {
    let template = try ChatTemplate(source: "{{ strftime_now('%Y-%m-%d %H:%M') }}")
    let zone = try #require(TimeZone(secondsFromGMT: -5 * 3600))
    let text = try template.render(
      variables: [:],
      now: Date(timeIntervalSince1970: 951_782_400 + 3600),
      timeZone: zone
    )
    #expect(text == "2000-02-28 20:00")
    for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity)] {
      #expect(throws: Never.self) { try template.render(variables: [:], now: date, timeZone: .gmt) }
    }
  }

  @Test("are found in a model's folder with the tokens that they read")
  func settingsAreReadFromAFolder() throws {
    let folder = try TemporaryDirectory()
    #expect(try ChatTemplateSettings(folder: folder.url) == ChatTemplateSettings())
    try folder.write(
      #"""
      {"bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": null,
       "model_max_length": 1000000000000000019884624838656,
       "chat_template": [{"name": "default", "template": "D"}, {"name": "tool_use", "template": "T"}]}
      """#,
      to: "tokenizer_config.json"
    )
    var settings = try ChatTemplateSettings(folder: folder.url)
    #expect(settings.template(withTools: true) == "T")
    #expect(settings.template(withTools: false) == "D")
    #expect(settings.variables == ["bos_token": "<s>", "eos_token": "</s>"])
    try folder.write("{{ bos_token }}F", to: "chat_template.jinja")
    settings = try ChatTemplateSettings(folder: folder.url)
    let source = try #require(settings.template(withTools: false))
    #expect(try Self.render(source, Self.hello, variables: settings.variables) == "<s>F")
    try folder.write("[1", to: "tokenizer_config.json")
    #expect(throws: ChatTemplateError.self) { try ChatTemplateSettings(folder: folder.url) }
  }
}

/// JSON keeps the order of its members, which is part of the prompt.
@Suite("Values for templates")
struct TemplateValueTests {
  @Test("are read from JSON in order")
  func jsonKeepsItsOrder() throws {
    let value = try TemplateValue(
      json:
        #" {"b": [1, -2.5e3, true, null], "a": "\u00e9\ud83d\ude00\n/\/", "e\u0301": {}, "é": 1, "b": 3} "#
    )
    #expect(value.objectValue?.members.map(\.name) == ["b", "a", "e\u{301}", "é"])
    #expect(value.objectValue?["b"] == 3)
    #expect(value.objectValue?["a"] == "é😀\n//")
    #expect(value.objectValue?["é"] == 1)
  }

  @Test(
    "are not read from what is no JSON",
    arguments: [
      "", "{", "[1,]", "{\"a\" 1}", "01", "1.", ".5", "+1", "-", "1e", "nul", "\"\\x\"", "\"\n\"",
      "\"\\ud800\"", "\"\\u12\"", "\"", "[1] 2", "99999999999999999999", "{1: 2}", "1.e5", "--1",
      "\"\\ud800\\u0041\"", String(repeating: "[", count: 5000),
    ]
  )
  func malformedJSONIsRefused(text: String) {
    #expect(throws: ChatTemplateError.self) { try TemplateValue(json: text) }
  }

  @Test("lose members that are set to nothing")
  func membersCanBeTakenAway() {
    var object: TemplateObject = ["a": 1, "b": 2, "c": 3]
    object["a"] = nil
    object["d"] = 4
    object["b"] = 5
    #expect(object == ["b": 5, "c": 3, "d": 4])
  }
}
