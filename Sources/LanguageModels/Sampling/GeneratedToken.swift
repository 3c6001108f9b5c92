/// A token that a model chose.
public struct GeneratedToken: Sendable, Equatable {
  /// Its id.
  public let id: Int32
  /// The natural logarithm of the probability that the model itself gives it, before penalties,
  /// temperature and the other settings.
  public let logProbability: Float
}
