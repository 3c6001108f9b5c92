import Documents
import Knowledge
import Store

/// Notices which sources may hold something else than when it last looked. It lists them and reads
/// nothing.
public struct SourceWatch {
  private let workspace: Workspace
  private var seen: [String: SourceListing.Digest] = [:]

  public init(_ workspace: Workspace) { self.workspace = workspace }

  /// The sources whose listing differs from the last look; at the first look all. One that cannot be
  /// reached is left out until it can be.
  ///
  /// - Throws: ``AttuneError`` where `attune.yaml` cannot be read.
  public mutating func changed() throws -> [String] {
    let configured = try ConfigurationFile(url: workspace.layout.configuration).read().sources
    let records = try workspace.store().sources()
    var names: [String] = []
    for source in configured {
      guard records.contains(where: { $0.name == source.name }) else {
        names.append(source.name)
        continue
      }
      guard let digest = try? workspace.open(source).list().digest else { continue }
      if seen.updateValue(digest, forKey: source.name) != digest { names.append(source.name) }
    }
    return names
  }
}
