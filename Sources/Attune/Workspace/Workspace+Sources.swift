import Documents
public import Foundation
import Knowledge
import Store

extension Workspace {
  /// How much a removal took away.
  public struct Removal: Hashable, Sendable {
    public var documents: Int
    public var passages: Int
  }

  /// Writes a place into `attune.yaml` as a source, unless it is there already. Reads nothing of it.
  ///
  /// - Parameters:
  ///   - place: A folder, a file or a SQLite database.
  ///   - name: What to call it; made from the place's name where absent.
  /// - Returns: The source as configured.
  /// - Throws: ``AttuneError`` where the place or the name cannot be used.
  public func addSource(at place: URL, name: String?) throws -> WorkspaceConfiguration.Source {
    let path = place.standardizedFileURL.path
    guard FileManager.default.fileExists(atPath: path) else {
      throw AttuneError(
        .sourceInvalid,
        "There is nothing at this path.",
        subject: path,
        remedy: "Check the spelling; relative paths count from the current folder."
      )
    }
    guard path != layout.data.path, !path.hasPrefix(layout.data.path + "/") else {
      throw AttuneError(
        .sourceInvalid,
        "Attune's own folder cannot be a source.",
        subject: path,
        remedy: "Name a folder of yours."
      )
    }
    return try addSource(
      Self.relativePath(of: path, to: layout.root.path),
      named: name,
      after: place.deletingPathExtension().lastPathComponent
    )
  }

  /// Writes a PostgreSQL database into `attune.yaml` as a source, unless it is there already. Does not
  /// speak to it.
  ///
  /// - Parameters:
  ///   - uri: `postgresql://user@host/database`, without a password.
  ///   - name: What to call it; the database's name where absent.
  /// - Returns: The source as configured.
  /// - Throws: ``AttuneError`` where the name cannot be used, `DocumentError` where the URI cannot.
  public func addDatabase(_ uri: String, name: String?) throws -> WorkspaceConfiguration.Source {
    let source = try PostgreSQLSource(connection: uri)
    return try addSource(uri, named: name, after: source.name)
  }

  /// Writes a web page or sitemap into `attune.yaml` as a source, or what it may reach besides where it is
  /// there already. Does not fetch it.
  ///
  /// - Parameters:
  ///   - url: `http://` or `https://`, without user and password.
  ///   - name: What to call it; made from the host where absent.
  ///   - hosts: Hosts that may lie on networks that are not public.
  /// - Returns: The source as configured.
  /// - Throws: ``AttuneError`` where the name cannot be used, `DocumentError` where the address cannot.
  public func addPage(
    _ url: String,
    name: String?,
    allowing hosts: [String] = []
  ) throws -> WorkspaceConfiguration.Source {
    let source = try WebSource(url: url, allowedHosts: hosts)
    return try addSource(source.location, named: name, after: source.name, allowing: hosts)
  }

  private func addSource(
    _ path: String,
    named name: String?,
    after stem: String,
    allowing hosts: [String] = []
  ) throws -> WorkspaceConfiguration.Source {
    // The file is read and written again: two at once could lose a source.
    let lock = try lock()
    defer { lock.release() }
    let file = ConfigurationFile(url: layout.configuration)
    let sources = try file.read().sources
    let place = location(of: WorkspaceConfiguration.Source(name: "", path: path))
    if let known = sources.first(where: { location(of: $0) == place }) {
      guard name == nil || name == known.name else {
        throw AttuneError(
          .sourceInvalid,
          "This place is a source already, under the name “\(known.name)”.",
          subject: place,
          remedy: "Use that name, or remove it first: attune remove \(known.name)"
        )
      }
      return try allow(hosts, for: known, in: file)
    }
    let taken = Set(sources.map(\.name))
    if let name { try check(name, taken: taken, place: place) }
    let source = WorkspaceConfiguration.Source(
      name: name ?? Self.freeName(after: stem, taken: taken),
      path: path,
      allow: hosts.isEmpty ? nil : hosts
    )
    try file.add(source)
    return source
  }

  private func allow(
    _ hosts: [String],
    for known: WorkspaceConfiguration.Source,
    in file: ConfigurationFile
  ) throws -> WorkspaceConfiguration.Source {
    let new = hosts.filter { known.allow?.contains($0) != true }
    guard !new.isEmpty else { return known }
    var source = known
    source.allow = (known.allow ?? []) + new
    try file.allow(source.allow ?? [], ofSource: source.name)
    return source
  }

  private func check(_ name: String, taken: Set<String>, place: String) throws {
    guard WorkspaceConfiguration.isValidSourceName(name) else {
      throw AttuneError(
        .sourceInvalid,
        "The source name “\(name)” cannot be used.",
        subject: place,
        remedy: "Use letters, digits, “-”, “_” and “.”, starting with a letter or digit."
      )
    }
    guard !taken.contains(name) else {
      throw AttuneError(
        .sourceInvalid,
        "Another source is called “\(name)” already.",
        subject: place,
        remedy: "Choose another name with --name."
      )
    }
  }

  /// Takes a source out of `attune.yaml` and everything of it out of the store.
  public func removeSource(named name: String) throws -> Removal {
    let lock = try lock()
    defer { lock.release() }
    let file = ConfigurationFile(url: layout.configuration)
    let isConfigured = try file.read().sources.contains { $0.name == name }
    let store = try store()
    let record = try store.sources().first { $0.name == name }
    guard isConfigured || record != nil else {
      throw AttuneError(
        .sourceUnknown,
        "There is no source “\(name)”.",
        subject: name,
        remedy: "attune sources lists them."
      )
    }
    try removeDatasetReports()
    try removeComparisons()
    var removal = Removal(documents: 0, passages: 0)
    if let record {
      let counts = try store.counts()[record.id]
      removal = Removal(documents: counts?.documents ?? 0, passages: counts?.passages ?? 0)
      try store.removeSource(record.id)
    }
    // Last, so that a removal that was stopped half-way can be asked for again.
    if isConfigured { try file.remove(named: name) }
    return removal
  }

  /// The configured sources with what the store holds of them.
  public func sourceOverviews(now: Date = Date()) throws -> [SourceOverview] {
    let store = try store()
    let records = try store.sources()
    let counts = try store.counts()
    let failures = Dictionary(grouping: try store.failures(), by: \.source)
    let configured = try ConfigurationFile(url: layout.configuration).read().sources
    return configured.map { source in
      let record = records.first { $0.name == source.name }
      let count = record.flatMap { counts[$0.id] }
      let days = record.map { (now.timeIntervalSince1970 - $0.addedAt) / 86_400 } ?? 0
      return SourceOverview(
        name: source.name,
        kind: record?.kind ?? kind(of: source),
        location: location(of: source),
        documents: count?.documents ?? 0,
        passages: count?.passages ?? 0,
        changes: count?.changes ?? 0,
        changesPerDay: days >= 1 ? Double(count?.changes ?? 0) / days : nil,
        lastSync: count?.lastSync,
        failures: failures[source.name] ?? []
      )
    }
  }

  /// A name made from a place's own, with a number where it is taken.
  private static func freeName(after stem: String, taken: Set<String>) -> String {
    let plain = String(
      String.UnicodeScalarView(
        stem.lowercased().unicodeScalars.map { scalar in
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            ? scalar : "-"
        }
      )
    ).split(separator: "-").joined(separator: "-").prefix(48)
    let base = plain.isEmpty ? "source" : String(plain)
    guard taken.contains(base) else { return base }
    let numbers = 2...(taken.count + 2)
    return numbers.lazy.map { "\(base)-\($0)" }.first { !taken.contains($0) } ?? base
  }

  /// Below the workspace a path is kept relative, so that the folder can be moved as a whole.
  private static func relativePath(of path: String, to root: String) -> String {
    if path == root { return "." }
    return path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
  }
}
