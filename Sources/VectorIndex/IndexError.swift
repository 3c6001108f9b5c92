/// Why an index segment could not be read, written or searched.
public struct IndexError: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    /// There is no such segment file.
    case missing
    /// The file is not what was written: cut short, changed, or never a segment.
    case damaged
    /// The file was written in a format that this program does not know.
    case unknownFormat
    /// The vectors were made by another embedder.
    case wrongEmbedder
    /// A vector has the wrong number of components, or one that is not a finite number.
    case badVector
    /// The disk is full.
    case diskFull
    /// The system refused to read or write.
    case inputOutput
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file it is about.
  public var subject: String
  /// What the system said.
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

  static func damaged(_ message: String, path: String) -> IndexError {
    IndexError(
      .damaged,
      message,
      subject: path,
      remedy: "Delete the file; it is built again from the database."
    )
  }
}
