import Foundation
import Store
import TestSupport

extension TemporaryDirectory {
  /// A path below the directory.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// The `.attune` folder of a workspace here.
  var attune: String { path(".attune") }

  /// Opens or makes a store here, with a hook at its fault points.
  func store(
    at name: String = ".attune",
    dimension: Int = Sample.dimension,
    busyTimeout: Double = 5,
    faults: @escaping @Sendable (FaultPoint) throws -> Void = { _ in }
  ) throws -> KnowledgeStore {
    try KnowledgeStore(
      directory: path(name),
      embedder: Sample.embedder,
      dimension: dimension,
      busyTimeout: busyTimeout,
      faults: faults
    )
  }
}
