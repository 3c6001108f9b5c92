import Foundation
import Tokenizers

/// What belongs to a language model beside its weights.
struct LanguageModelFiles {
  let tokenizer: Tokenizer
  let chat: ChatTemplateSettings

  private init(tokenizer: Tokenizer, chat: ChatTemplateSettings) {
    self.tokenizer = tokenizer
    self.chat = chat
  }

  /// From the files of a folder: the tokenizer's and the chat templates'; or the GGUF metadata that
  /// import has left there.
  init(folder: URL) throws {
    let vocabulary = folder.appendingPathComponent(ModelFolder.vocabularyName)
    if FileManager.default.fileExists(atPath: vocabulary.path) {
      try self.init(GGUFFile(vocabulary))
    } else {
      self.init(
        tokenizer: try Tokenizer(contentsOf: folder),
        chat: try ChatTemplateSettings(folder: folder)
      )
    }
  }

  /// From the metadata of a GGUF file.
  init(_ file: GGUFFile) throws {
    let tokenizer = try Tokenizer(ggufVocabulary: file.vocabulary())
    var chat = ChatTemplateSettings()
    chat.templates["default"] = file.string("tokenizer.chat_template")
    if case .strings(let names)? = file.metadata["tokenizer.chat_templates"] {
      for name in names {
        chat.templates[name] = file.string("tokenizer.chat_template.\(name)")
      }
    }
    let special = tokenizer.specialTokens
    for (name, id) in [
      ("bos_token", special.beginning), ("eos_token", special.end),
      ("unk_token", special.unknown), ("pad_token", special.padding),
    ] {
      chat.specialTokens[name] = id.flatMap { tokenizer.token(for: $0) }
    }
    self.init(tokenizer: tokenizer, chat: chat)
  }
}
