/// How far fetching a model has come.
public struct PullProgress: Sendable, Hashable {
  /// What is being done.
  public enum Step: String, Sendable { case downloading, unpacking, checking }

  /// What is being done.
  public var step: Step
  /// Where the model is coming from; nil while what is here is checked.
  public var origin: ModelOrigin?
  /// The file at work, if there is one.
  public var file: String?
  /// How many bytes of the model are here.
  public var completedBytes: Int
  /// The length of the model in bytes.
  public var totalBytes: Int
}
