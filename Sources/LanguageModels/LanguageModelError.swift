/// Why a language model could not be read or run.
public struct LanguageModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// A file of the model is not there.
    case missingFile
    /// A file is there but cannot be read.
    case unreadableFile
    /// A file cannot be written.
    case unwritableFile
    /// A weight file breaks the rules of its format: damaged, truncated or not of that format.
    case malformedWeights
    /// A settings file is not what it should be.
    case malformedConfiguration
    /// A weight that the configuration asks for is absent or has another shape or type.
    case weightMismatch
    /// The model asks for something that is not implemented.
    case unsupportedModel
    /// The input cannot be processed by this model, such as a token id outside its vocabulary.
    case invalidInput
    /// The input and the answer do not fit the model's context.
    case contextExceeded
    /// The machine has not the memory that this would take.
    case insufficientMemory
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in one sentence.
  public let message: String
  /// The file, weight or setting it is about.
  public let subject: String
  /// The underlying error, where there is one.
  public let cause: String?
  /// What to do next.
  public let remedy: String

  /// An error from its parts.
  public init(
    _ code: Code,
    _ message: String,
    subject: String,
    cause: String? = nil,
    remedy: String
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.cause = cause
    self.remedy = remedy
  }

  /// The subject, the message, the cause and the remedy in one line.
  public var description: String {
    ["\(subject): \(message)", cause, remedy].compactMap(\.self).joined(separator: " ")
  }

  /// What to do about a damaged file.
  static let getItAgain = "Get the model again; compare the file's checksum with its source."
}
