import Foundation

/// Why a model could not be found, fetched, kept or removed.
public struct ModelCatalogError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Value: String {
      case unknownModel, invalidName, nameTaken, notInstalled, invalidModel, unsupportedModel
      case damagedFile, fileSystem, busy, accessDenied, originFailed, allOriginsFailed
    }

    private let value: Value

    /// No known model has the name, and no repository.
    public static let unknownModel = Self(value: .unknownModel)
    /// The name cannot be that of a model.
    public static let invalidName = Self(value: .invalidName)
    /// Another model has the name.
    public static let nameTaken = Self(value: .nameTaken)
    /// The model is not in the cache.
    public static let notInstalled = Self(value: .notInstalled)
    /// A folder lacks files of a model, or they are not what they should be.
    public static let invalidModel = Self(value: .invalidModel)
    /// A repository holds its weights only in a form that is not read.
    public static let unsupportedModel = Self(value: .unsupportedModel)
    /// A file differs from its pinned size or hash.
    public static let damagedFile = Self(value: .damagedFile)
    /// A file cannot be read or written.
    public static let fileSystem = Self(value: .fileSystem)
    /// Another process is at work on the same model.
    public static let busy = Self(value: .busy)
    /// The hub gives the model only to those who may read it.
    public static let accessDenied = Self(value: .accessDenied)
    /// One place could not give the model.
    public static let originFailed = Self(value: .originFailed)
    /// None of the places could give the model.
    public static let allOriginsFailed = Self(value: .allOriginsFailed)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// What kind of failure it is.
  public let code: Code
  /// What happened, in one sentence.
  public let message: String
  /// The model, file or address it is about.
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

  /// The message, its subject, cause and remedy in one line.
  public var description: String {
    "\(message) (\(subject))" + (cause.map { ": \($0)" } ?? "") + " \(remedy)"
  }

  static func fileSystem(_ message: String, _ file: String, _ error: any Error) -> Self {
    Self(
      .fileSystem,
      message,
      subject: file,
      cause: describe(error),
      remedy: "Check the permissions and the free space there."
    )
  }

  /// The shortest text that says what an error is.
  static func describe(_ error: any Error) -> String {
    if let error = error as? ModelCatalogError {
      return error.message + (error.cause.map { " \($0)" } ?? "")
    }
    // The text for people of an error of Swift says only that there was one.
    let text = error.localizedDescription
    return text.contains("The operation could not be completed") ? "\(error)" : text
  }
}
