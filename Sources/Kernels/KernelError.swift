/// Why a kernel could not be chosen or run.
public struct KernelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// `ATTUNE_KERNELS` names no known version.
    case unknownVariant
    /// The version asked for is not in this build, or this processor lacks its instructions.
    case unsupportedVariant
    /// The shapes of an operation's arguments do not fit each other.
    case shapeMismatch
    /// A value that the operation cannot work with, such as a vector with infinities.
    case invalidValue
    /// A size that no memory can hold.
    case tooLarge
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in one sentence.
  public let message: String
  /// The operation, variable or value it is about.
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

  /// The message, the cause and the remedy in one line.
  public var description: String {
    [message, cause, remedy].compactMap(\.self).joined(separator: " ")
  }

  /// A size that no memory can hold.
  static func tooLarge(_ subject: String) -> KernelError {
    KernelError(
      .tooLarge,
      "The \(subject) is too large for any memory.",
      subject: subject,
      remedy: "Check that the model's configuration is not damaged."
    )
  }

  /// A mismatch of the shapes of two arguments of an operation.
  static func shapes(_ operation: String, _ left: String, _ right: String) -> KernelError {
    KernelError(
      .shapeMismatch,
      "\(operation): \(left) does not fit \(right).",
      subject: operation,
      remedy: "Check that the model's configuration belongs to its weights."
    )
  }
}
