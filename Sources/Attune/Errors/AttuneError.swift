/// Why a workspace could not do what was asked.
public struct AttuneError: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public enum Code: String, Sendable {
    case noWorkspace, workspaceExists, configurationInvalid, sourceInvalid, sourceUnknown
    case modelMissing, modelInvalid, answerUnknown, conversationUnknown, nothingIndexed, fileFault,
      embedderChanged
    case experimentInvalid, batchInvalid
    case datasetUnknown, datasetInvalid, exampleUnknown, exampleForgotten, feedbackInvalid
    case adapterUnknown, adapterExists, examplesInvalid, tuningInvalid
    case comparisonInvalid
  }

  public var code: Code
  /// One sentence that says what is wrong.
  public var message: String
  /// The file, source or model it is about.
  public var subject: String
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
