import Documents
public import Foundation
import Kernels
import Knowledge
public import ModelCatalog
import Store

/// Examines the machine, the models and a workspace.
public struct Doctor: Sendable {
  /// One thing that was looked at.
  public struct Finding: Codable, Hashable, Sendable {
    /// How good or bad it is.
    public enum Level: String, Codable, Sendable {
      case good, note, problem
    }

    public var level: Level
    public var subject: String
    public var message: String
    /// What to do; absent where nothing needs doing.
    public var remedy: String?
  }

  /// Below this much free space a sync may not finish.
  private static let lowDiskBytes = 500_000_000

  private let place: URL
  private let cache: ModelCache

  /// Examines what is at or above a place, and the models of a cache.
  public init(startingAt place: URL, cache: ModelCache = .standard()) {
    self.place = place
    self.cache = cache
  }

  /// Looks at everything. A fault in one place does not stop the others.
  ///
  /// - Parameter repairing: Whether to rebuild the vector index from the store.
  /// - Returns: One finding for each thing looked at.
  public func examine(repairing: Bool = false) -> [Finding] {
    var findings = [machine()]
    guard let layout = WorkspaceLayout.nearest(to: place) else {
      findings.append(
        Finding(
          level: .note,
          subject: "workspace",
          message: "There is no workspace at \(place.path).",
          remedy: "Make one: attune init"
        )
      )
      return findings + [model(named: ModelLibrary.defaultEmbedder), answerModel()]
    }
    do {
      let workspace = try Workspace(layout: layout)
      findings.append(
        Finding(level: .good, subject: "workspace", message: layout.root.path, remedy: nil)
      )
      findings.append(model(named: workspace.configuration.embedder))
      if workspace.configuration.generator == .answerModel { findings.append(answerModel()) }
      findings.append(disk(at: layout.root))
      findings += try store(of: workspace, repairing: repairing)
      findings += try sources(of: workspace)
    } catch {
      findings.append(problem("workspace", error))
    }
    return findings
  }

  private func machine() -> Finding {
    do {
      let kernels = try KernelSet.active()
      return Finding(
        level: .good,
        subject: "machine",
        message: "\(ProcessInfo.processInfo.activeProcessorCount) processors, "
          + "\(kernels.variant.rawValue) kernels",
        remedy: nil
      )
    } catch {
      return problem("machine", error)
    }
  }

  private func model(named name: String) -> Finding {
    do {
      let model = try ModelLibrary(near: place, cache: cache).model(named: name)
      let damaged = try cache.damagedFiles(of: model)
      guard damaged.isEmpty else {
        return Finding(
          level: .problem,
          subject: "model \(name)",
          message: "Damaged: \(damaged.joined(separator: ", ")).",
          remedy: "attune models remove \(name), then attune models pull \(name)"
        )
      }
      return Finding(
        level: .good,
        subject: "model \(name)",
        message: "installed and unchanged",
        remedy: nil
      )
    } catch {
      return problem("model \(name)", error)
    }
  }

  /// That answers are quotes alone is worth knowing, and no fault.
  private func answerModel() -> Finding {
    let subject = "model \(ModelLibrary.answerModelName)"
    switch ModelLibrary(near: place, cache: cache).answerModelState() {
    case .usable(let model):
      return Finding(
        level: .good,
        subject: subject,
        message: "answers in short, from \(model.folder.path)",
        remedy: nil
      )
    case .unusable(_, let error):
      let fault = problem(subject, error)
      return Finding(
        level: .note,
        subject: subject,
        message: "Cannot be used, so answers are quotes alone: \(fault.message)",
        remedy: fault.remedy
      )
    case .missing:
      return Finding(
        level: .note,
        subject: subject,
        message: "Not found beside the program, so answers are quotes alone.",
        remedy: "Install Attune with all its files, or set models.generator: extractive."
      )
    }
  }

  private func disk(at url: URL) -> Finding {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: url.path)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
      return Finding(
        level: .note,
        subject: "disk",
        message: "The free space cannot be read.",
        remedy: nil
      )
    }
    let megabytes = free / 1_000_000
    return free < Self.lowDiskBytes
      ? Finding(
        level: .problem,
        subject: "disk",
        message: "Only \(megabytes) MB are free.",
        remedy: "Free some space before the next sync."
      )
      : Finding(level: .good, subject: "disk", message: "\(megabytes) MB free", remedy: nil)
  }

  private func store(of workspace: Workspace, repairing: Bool) throws -> [Finding] {
    let database = workspace.layout.data.appending(path: KnowledgeStore.fileName)
    guard FileManager.default.fileExists(atPath: database.path) else {
      return [
        Finding(
          level: .note,
          subject: "store",
          message: "Nothing has been taken in yet.",
          remedy: "attune add <folder or database>"
        )
      ]
    }
    let store = try workspace.store()
    if repairing {
      let lock = try workspace.lock()
      defer { lock.release() }
      try store.rebuildIndex()
    }
    let problems = try store.check(deep: true)
    guard problems.isEmpty else {
      return problems.map {
        Finding(level: .problem, subject: $0.subject, message: $0.message, remedy: $0.remedy)
      }
    }
    let counts = try store.counts().values
    return [
      Finding(
        level: .good,
        subject: "store",
        message: "\(counts.reduce(0) { $0 + $1.documents }) documents, "
          + "\(counts.reduce(0) { $0 + $1.passages }) passages, index sound",
        remedy: nil
      )
    ]
  }

  private func sources(of workspace: Workspace) throws -> [Finding] {
    try workspace.sourceOverviews().map { overview in
      let subject = "source \(overview.name)"
      // Servers are spoken to by a sync alone.
      guard
        !overview.kind.isLocal
          || FileManager.default.fileExists(atPath: overview.location)
      else {
        return Finding(
          level: .problem,
          subject: subject,
          message: "There is nothing at \(overview.location).",
          remedy: "Bring it back, or remove the source: attune remove \(overview.name)"
        )
      }
      let failed = overview.failures.filter { !$0.isSkip }.count
      guard failed == 0 else {
        return Finding(
          level: .note,
          subject: subject,
          message: "\(failed) items could not be taken in.",
          remedy: "attune sources --failures says why."
        )
      }
      return Finding(
        level: .good,
        subject: subject,
        message: "\(overview.documents) documents",
        remedy: nil
      )
    }
  }

  private func problem(_ subject: String, _ error: any Error) -> Finding {
    let description = ErrorDescription(error)
    let cause = description.cause.map { " (\($0))" } ?? ""
    return Finding(
      level: .problem,
      subject: subject,
      message: description.message + cause,
      remedy: description.remedy
    )
  }
}
