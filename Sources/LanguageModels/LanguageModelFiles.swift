import Foundation
import Tokenizers

/// What belongs to a language model beside its weights.
struct LanguageModelFiles {
  let tokenizer: Tokenizer
  let chatTemplate: ChatTemplate?

  private init(tokenizer: Tokenizer, chatTemplate: ChatTemplate?) {
    self.tokenizer = tokenizer
    self.chatTemplate = chatTemplate
  }

  /// From the files of a folder: the tokenizer's, and `chat_template.jinja` or the template in
  /// `tokenizer_config.json`; or the GGUF metadata that import has left there.
  init(folder: URL) throws {
    let vocabulary = folder.appendingPathComponent(ModelFolder.vocabularyName)
    if FileManager.default.fileExists(atPath: vocabulary.path) {
      try self.init(GGUFFile(vocabulary))
    } else {
      self.init(
        tokenizer: try Tokenizer(contentsOf: folder),
        chatTemplate: try Self.template(folder).map { try ChatTemplate(source: $0) }
      )
    }
  }

  /// From the metadata of a GGUF file.
  init(_ file: GGUFFile) throws {
    self.init(
      tokenizer: try Tokenizer(ggufVocabulary: file.vocabulary()),
      chatTemplate: try file.string("tokenizer.chat_template").map {
        try ChatTemplate(source: $0)
      }
    )
  }

  private static func template(_ folder: URL) throws -> String? {
    let file = folder.appendingPathComponent("chat_template.jinja")
    if FileManager.default.fileExists(atPath: file.path) {
      return String(decoding: try MappedFile(file).bytes, as: UTF8.self)
    }
    let settings: Settings? = try SettingsFile.readIfPresent(
      folder.appendingPathComponent("tokenizer_config.json")
    )
    return settings?.chatTemplate?.usual
  }

  private struct Settings: Decodable {
    var chatTemplate: Templates?

    enum CodingKeys: String, CodingKey {
      case chatTemplate = "chat_template"
    }
  }

  /// One template, or several by name.
  private struct Templates: Decodable {
    var byName: [String: String]

    private struct Named: Decodable {
      var name: String
      var template: String
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let template = try? container.decode(String.self) {
        byName = ["default": template]
      } else {
        byName = [:]
        for entry in try container.decode([Named].self) { byName[entry.name] = entry.template }
      }
    }

    var usual: String? { byName["default"] }
  }
}
