/// Why a chat template could not be read or rendered.
public struct ChatTemplateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The template breaks the rules of the language.
    case malformedTemplate
    /// The template uses something of Jinja or Python that this interpreter does not know.
    case unsupportedConstruct
    /// The template itself refused the conversation, through `raise_exception`.
    case refusedByTemplate
    /// Rendering failed: an undefined value was used, or an operation does not fit its values.
    case renderingFailed
    /// Rendering took too many steps, nested too deeply or wrote too much.
    case limitExceeded
    /// The messages, tools or variables handed in are not what a template can take.
    case invalidInput
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, in one sentence.
  public let message: String
  /// What it is about: the template, or the messages.
  public let subject: String
  /// The line of the template, counted from one, where that is known.
  public let line: Int?
  /// The underlying error, where there is one.
  public let cause: String?
  /// What to do next.
  public let remedy: String

  /// An error from its parts.
  public init(
    _ code: Code,
    _ message: String,
    subject: String = "chat template",
    line: Int? = nil,
    cause: String? = nil,
    remedy: String? = nil
  ) {
    self.code = code
    self.message = message
    self.subject = subject
    self.line = line
    self.cause = cause
    self.remedy = remedy ?? code.usualRemedy
  }

  /// The subject, the line, the message, the cause and the remedy in one line.
  public var description: String {
    let place = line.map { "\(subject), line \($0)" } ?? subject
    return ["\(place): \(message)", cause, remedy].compactMap(\.self).joined(separator: " ")
  }
}

extension ChatTemplateError.Code {
  fileprivate var usualRemedy: String {
    switch self {
    case .malformedTemplate:
      "Get the model's template again, or hand in a corrected one."
    case .unsupportedConstruct:
      "Hand in a template for this model that does without it."
    case .refusedByTemplate:
      "Change the conversation to what the model's template takes."
    case .renderingFailed:
      "Check that the messages have the fields that this template reads."
    case .limitExceeded:
      "Check the template: those that models ship stay far below the limits."
    case .invalidInput:
      "Hand in messages with a role, and plain values."
    }
  }
}
