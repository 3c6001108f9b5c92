public import Foundation

/// Reads CLAPnq (arXiv 2404.02103): questions with a passage each that answers them at length, or does
/// not. For measuring whether a model can tell; never for training.
public enum CLAPnqReader {
  /// A question with its passage.
  public struct Item: Sendable, Hashable {
    public var id: String
    public var question: String
    public var passage: String
    /// Whether the passage answers.
    public var isAnswerable: Bool
  }

  /// The items of a file, texts detokenized.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be read or a line is malformed.
  public static func read(_ file: URL) throws -> [Item] {
    try JSONLines.read(file) { value throws(ItemFault) in
      guard let id = value["id"]?.string, let asked = value["input"]?.string,
        let passages = value["passages"]?.array, let outputs = value["output"]?.array
      else { throw ItemFault("“id”, “input”, “passages” or “output” is missing") }
      return Item(
        id: id,
        question: ReadingQuestion.written(Detokenizer(asked).text),
        passage: Detokenizer(passages.compactMap { $0["text"]?.string }.joined(separator: " "))
          .text,
        isAnswerable: outputs.contains { $0["answer"]?.string.map { !$0.isEmpty } ?? false }
      )
    }
  }
}
