import Foundation

/// Reading of a model's small JSON files.
enum SettingsFile {
  /// More than any such file has.
  private static let largest = 16 << 20

  /// Decodes a JSON file.
  ///
  /// - Throws: `LanguageModelError` if it is absent, too large, or not of the expected form.
  static func read<Value: Decodable>(_ url: URL) throws(LanguageModelError) -> Value {
    let file = try MappedFile(url)
    guard file.bytes.count <= largest else {
      throw LanguageModelError(
        .malformedConfiguration,
        "It is larger than any settings file.",
        subject: url.path,
        remedy: LanguageModelError.getItAgain
      )
    }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(file.bytes))
    } catch {
      throw LanguageModelError(
        .malformedConfiguration,
        "It is not the JSON that is expected here.",
        subject: url.path,
        cause: reason(error),
        remedy: LanguageModelError.getItAgain
      )
    }
  }

  /// Decodes a JSON file if it is there.
  ///
  /// - Throws: `LanguageModelError` if it is there but cannot be read.
  static func readIfPresent<Value: Decodable>(_ url: URL) throws(LanguageModelError) -> Value? {
    do {
      return try read(url) as Value
    } catch {
      if error.code == .missingFile { return nil }
      throw error
    }
  }

  /// What a decoding error says, in one sentence.
  static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing."
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.map(\.stringValue).joined(separator: ".") + ": " + context.debugDescription
    case .dataCorrupted(let context): context.debugDescription
    default: "It is no JSON."
    }
  }
}
