/// Why a tokenizer could not be read.
public struct TokenizerError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Value: String {
      case missingFile, unreadableFile, malformedFile, unsupportedConstruct, invalidVocabulary
    }

    private let value: Value

    /// The folder holds no file of a tokenizer.
    public static let missingFile = Self(value: .missingFile)
    /// A file is there and cannot be read.
    public static let unreadableFile = Self(value: .unreadableFile)
    /// A file is not what its name says, or a field is absent or of another type.
    public static let malformedFile = Self(value: .malformedFile)
    /// The file names a component that is not supported.
    public static let unsupportedConstruct = Self(value: .unsupportedConstruct)
    /// The vocabulary is empty, too large, or lacks a token the tokenizer needs.
    public static let invalidVocabulary = Self(value: .invalidVocabulary)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// What kind of failure it is.
  public let code: Code
  /// What happened, in one sentence.
  public let message: String
  /// The file or folder it is about.
  public let subject: String
  /// The error underneath, if there is one.
  public let cause: String?
  /// What to do next.
  public let remedy: String

  init(_ code: Code, _ message: String, subject: String, cause: String? = nil, remedy: String) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }

  /// The error for a token that has to be in a vocabulary.
  static func missing(_ token: String, _ subject: String) -> Self {
    Self(
      .invalidVocabulary,
      "The vocabulary has no token \(token).",
      subject: subject,
      remedy: "Get the model again, or name the token in tokenizer_config.json."
    )
  }

  /// The message, its subject, cause and remedy in one line.
  public var description: String {
    "\(message) (\(subject))" + (cause.map { ": \($0)" } ?? "") + " \(remedy)"
  }
}
