/// Why a stored example no longer says what its document says.
public enum ExampleFault: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its document is not in the workspace any more.
  case documentRemoved
  /// Its document changed, and what the example took from it stands there no longer.
  case documentChanged

  /// The reason as a clause that goes on from "left out because".
  public var reason: String {
    switch self {
    case .documentRemoved: "its document is gone"
    case .documentChanged: "its document changed"
    }
  }
}
