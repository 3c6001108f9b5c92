/// Why examples could not be read, written, split or made.
public struct DatasetError: Error, Codable, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Codable, Sendable {
    /// The file is not there.
    case notFound
    /// The file is there and cannot be read.
    case unreadable
    /// The file or folder cannot be written.
    case unwritable
    /// The bytes are no UTF-8 text.
    case notText
    /// The file is in no format that is known.
    case unknownFormat
    /// The file holds items of several formats.
    case mixedFormats
    /// An item, or what a model wrote, is not what its format asks for.
    case malformed
    /// There are no examples where some are needed.
    case empty
    /// A setting has a value that it cannot have.
    case invalidValue
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file, setting or example it is about.
  public var subject: String
  /// What the system or a library said, where that helps.
  public var cause: String?
  /// What to do next.
  public var remedy: String

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
}
