package import Documents
import Knowledge
import Synchronization

/// A source in memory, whose items can be changed, removed, made to fail or vanish. It notes what is
/// read of it.
package final class ScriptedSource: DocumentSource {
  /// One file of the source.
  private struct File: Sendable {
    var bytes: [UInt8]
    /// Counts up with every change, and with every touch that changes nothing.
    var version = 0
    var readFault: DocumentError?
    /// What lies inside it, and what of that cannot be read.
    var parts: [(name: String, bytes: [UInt8])] = []
    var partFaults: [String: DocumentError] = [:]
  }

  private struct State: Sendable {
    var files: [String: File] = [:]
    var reads: [String] = []
    var listFault: DocumentError?
    var skipped: [DocumentError] = []
    var failures: [DocumentError] = []
    /// Listed but gone when they are read.
    var vanishing: Set<String> = []
    /// So that a file that comes back is not taken for the one that went.
    var versions = 0
  }

  private let state = Mutex(State())

  package init(_ files: [String: String] = [:]) {
    for (path, text) in files { write(text, to: path) }
  }

  // MARK: The script

  package func write(_ text: String, to path: String) {
    state.withLock { state in
      state.versions += 1
      state.files[path] = File(bytes: Array(text.utf8), version: state.versions)
    }
  }

  /// Puts documents inside a file, in place of those that were there.
  package func hold(_ parts: KeyValuePairs<String, String>, in path: String) {
    touch(path)
    state.withLock {
      $0.files[path]?.parts = parts.map { ($0.key, Array($0.value.utf8)) }
      $0.files[path]?.partFaults = [:]
    }
  }

  /// Makes reading a document inside a file fail.
  package func fail(part name: String, of path: String, with code: DocumentError.Code) {
    touch(path)
    state.withLock { $0.files[path]?.partFaults[name] = Self.error(code, path + "#" + name) }
  }

  /// Gives a file another fingerprint and leaves its content as it is.
  package func touch(_ path: String) {
    state.withLock { state in
      state.versions += 1
      state.files[path]?.version = state.versions
    }
  }

  package func remove(_ path: String) { state.withLock { $0.files[path] = nil } }

  /// Makes reading a file fail, after its fingerprint has changed; nil makes it readable again.
  package func fail(_ path: String, with code: DocumentError.Code?) {
    touch(path)
    state.withLock { $0.files[path]?.readFault = code.map { Self.error($0, path) } }
  }

  /// The file is listed once more, with another fingerprint, and is gone when it is read.
  package func vanish(_ path: String) {
    touch(path)
    state.withLock { _ = $0.vanishing.insert(path) }
  }

  /// Makes the source as a whole unreachable, or reachable again.
  package func disconnect(_ isDisconnected: Bool) {
    state.withLock { $0.listFault = isDisconnected ? Self.error(.noPermission, "/root") : nil }
  }

  /// Hides everything at and below a place behind a failure to list it, until called with nil.
  package func hide(_ place: String?) {
    state.withLock { $0.failures = place.map { [Self.error(.noPermission, $0)] } ?? [] }
  }

  package func skip(_ place: String) {
    state.withLock { $0.skipped.append(Self.error(.unsupportedFormat, place)) }
  }

  // MARK: What it holds and what was asked of it

  package var paths: [String] { state.withLock { $0.files.keys.sorted() } }

  package func text(at path: String) -> String? {
    state.withLock { $0.files[path].map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  /// The paths read since the last call, sorted: items are read side by side.
  package func takeReads() -> [String] {
    state.withLock { state in
      defer { state.reads = [] }
      return state.reads.sorted()
    }
  }

  // MARK: DocumentSource

  package func list() throws -> SourceListing {
    try state.withLock { state in
      if let fault = state.listFault { throw fault }
      let hidden = state.failures.map(\.subject)
      let visible = state.files.filter { path, _ in
        !hidden.contains { path == $0 || path.hasPrefix($0 + "/") || path.hasPrefix($0 + "#") }
      }
      return SourceListing(
        items: visible.sorted { $0.key < $1.key }.map { path, file in
          SourceItem(
            path: path,
            fingerprint: "v\(file.version)",
            size: file.bytes.count,
            modified: 1000
          )
        },
        skipped: state.skipped,
        failures: state.failures
      )
    }
  }

  package func read(_ item: SourceItem) throws -> SourceContent {
    try state.withLock { state in
      state.reads.append(item.path)
      if state.vanishing.remove(item.path) != nil { state.files[item.path] = nil }
      guard let file = state.files[item.path] else { throw Self.error(.notFound, item.path) }
      if let fault = file.readFault { throw fault }
      let path = item.path
      let whole = file.parts.reduce(file.bytes) { $0 + Array($1.name.utf8) + $1.bytes }
      let inner = file.parts.map { part in
        SourceContent.Part(name: part.name, size: part.bytes.count) {
          if let fault = file.partFaults[part.name] { throw fault }
          return Self.content(part.bytes, hash: part.bytes, path: path + "#" + part.name)
        }
      }
      return Self.content(file.bytes, hash: whole, path: path, parts: inner)
    }
  }

  private static func content(
    _ bytes: [UInt8],
    hash: [UInt8],
    path: String,
    parts: [SourceContent.Part] = []
  ) -> SourceContent {
    SourceContent(
      hash: textHash(String(decoding: hash, as: UTF8.self)),
      extract: { try DocumentReader.extract(bytes, path: path) },
      parts: { parts }
    )
  }

  private static func error(_ code: DocumentError.Code, _ subject: String) -> DocumentError {
    DocumentError(
      code,
      "\(subject): \(code.rawValue)",
      subject: subject,
      remedy: "Nothing; this is a test."
    )
  }
}
