import Documents
import Knowledge
import Store

/// Notices which sources may hold something else than when it last looked. It lists them and reads
/// nothing but web pages, which it asks for under the condition that they changed.
public struct SourceWatch {
  private let workspace: Workspace
  private let now: @Sendable () -> ContinuousClock.Instant
  private var seen: [String: SourceListing.Digest] = [:]
  private var nextLook: [String: ContinuousClock.Instant] = [:]

  /// The time between two looks at what somebody else serves: a database, a web page.
  package static let serverPause: Duration = .seconds(60)

  public init(_ workspace: Workspace) { self.init(workspace) { ContinuousClock().now } }

  package init(_ workspace: Workspace, now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.workspace = workspace
    self.now = now
  }

  /// The sources whose listing differs from the last look; at the first look all. One that cannot be
  /// reached is left out until it can be. A folder is looked at each time, a database or a web page once
  /// a minute, or as often as `every` in `attune.yaml` says.
  ///
  /// - Throws: ``AttuneError`` where `attune.yaml` cannot be read.
  public mutating func changed() throws -> [String] {
    let configured = try ConfigurationFile(url: workspace.layout.configuration).read().sources
    let store = try workspace.store()
    let records = try store.sources()
    var names: [String] = []
    for source in configured {
      guard records.contains(where: { $0.name == source.name }) else {
        names.append(source.name)
        continue
      }
      if let pause = pause(of: source) {
        let time = now()
        if let next = nextLook[source.name], time < next { continue }
        nextLook[source.name] = time + pause
      }
      guard let digest = try? workspace.open(source, knownTo: store).look().digest else { continue }
      if seen.updateValue(digest, forKey: source.name) != digest { names.append(source.name) }
    }
    return names
  }

  /// The least time between two looks at a source; nil where none is asked for.
  private func pause(of source: WorkspaceConfiguration.Source) -> Duration? {
    if let every = source.every { return .seconds(every) }
    return workspace.kind(of: source).isLocal ? nil : Self.serverPause
  }
}
