import Foundation
import Testing

/// The vectors that llama.cpp tests its vocabularies with.
enum LlamaCppVectors {
  /// Each text with its ids, without special tokens around it.
  static func all(_ name: String) throws -> [(text: String, ids: [Int32])] {
    let base = "llamacpp-vectors/ggml-vocab-\(name).gguf"
    func text(_ ending: String) throws -> String {
      let file = TestTokenizers.sharedTokenizers.appendingPathComponent(base + ending)
      return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    let inputs = try text(".inp").components(separatedBy: "\n__ggml_vocab_test__\n")
    let outputs = try text(".out").components(separatedBy: "\n")
    // Each input ends with the separator, the last one too.
    try #require(inputs.count == 47 && inputs.last?.isEmpty == true && outputs.count >= 46)
    return zip(inputs.dropLast(), outputs).map { input, output in
      (input, output.split(separator: " ").compactMap { Int32($0) })
    }
  }
}
