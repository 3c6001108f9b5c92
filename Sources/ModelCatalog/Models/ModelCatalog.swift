/// The models that can be fetched by name.
public struct ModelCatalog: Sendable {
  /// The models, in the order they are listed.
  public let models: [KnownModel]

  /// The models this version of the program knows.
  public static let standard = ModelCatalog(models: [.allMiniLM])

  /// A catalog of other models.
  public init(models: [KnownModel]) {
    self.models = models
  }

  /// The model with a name, or with that name on the hub, whatever the letters' case.
  public func find(_ name: String) -> KnownModel? {
    let wanted = name.lowercased()
    return models.first { $0.name.lowercased() == wanted || $0.hub?.name.lowercased() == wanted }
  }
}
