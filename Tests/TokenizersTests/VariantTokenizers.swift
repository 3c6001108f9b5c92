import Foundation
import Testing
import Tokenizers

/// The tokenizers that `variants.json` describes.
enum VariantTokenizers {
  static func all(_ descriptions: Data) throws -> [Tokenizer] {
    let tokens = String(decoding: try TestTokenizers.vocabulary(), as: UTF8.self)
      .split(separator: "\n")
      .map { $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
    let entries = tokens.enumerated().map { "\"\($0.element)\":\($0.offset)" }
    let vocabulary = #""vocab":{"# + entries.joined(separator: ",") + "}"
    let list = try #require(
      JSONSerialization.jsonObject(with: descriptions) as? [[String: Any]]
    )
    return try list.map { description in
      let file = try #require(description["tokenizer"] as? [String: Any])
      let text = String(
        decoding: try JSONSerialization.data(withJSONObject: file),
        as: UTF8.self
      )
      return try TestTokenizers.fromJSON(text.replacing(#""vocab":{}"#, with: vocabulary))
    }
  }
}
