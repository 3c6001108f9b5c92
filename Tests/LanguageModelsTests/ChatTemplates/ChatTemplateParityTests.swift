import LanguageModels
import TestSupport
import Testing

/// Every template of the shared data against transformers' own rendering.
@Suite("Chat templates of models")
struct ChatTemplateParityTests {
  @Test(
    "render as transformers does",
    .enabled(if: SharedData.holds("tokenizers/chat-templates"), "needs the shared data"),
    arguments: try ChatTemplateFixtures.models()
  )
  func rendersAsTransformersDoes(model: ChatTemplateFixtures.Model) throws {
    let template = try ChatTemplate(source: ChatTemplateFixtures.source(of: model.template))
    let conversations = try ChatTemplateFixtures.conversations()
    #expect(conversations.count >= 10)
    for conversation in conversations {
      let name = try #require(conversation["name"]?.stringValue)
      let expected = ChatTemplateFixtures.Rendering(model.renderings[name])
      let result = Result { try ChatTemplateFixtures.render(template, model.tokens, conversation) }
      switch result {
      case .failure(let error):
        #expect(expected.error != nil, "\(name): \(error)")
        #expect((error as? ChatTemplateError)?.code != .unsupportedConstruct, "\(name): \(error)")
      case .success(let text):
        #expect(expected.error == nil, "\(name) should fail, gave: \(text)")
        if let expectedText = expected.text {
          #expect(
            text.unicodeScalars.elementsEqual(expectedText.unicodeScalars),
            "\(name): \(text)"
          )
        }
        #expect(text.utf8.count == expected.byteCount, "\(name): \(text)")
        #expect(ChatTemplateFixtures.hash(text) == expected.hash, "\(name): \(text)")
      }
    }
  }
}
