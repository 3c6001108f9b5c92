import Attune
import Evaluation
import Foundation

/// Finds the report that is meant.
struct AdviseReportFinder {
  /// Where the search for a workspace starts.
  let start: URL

  private static let file = "report.json"

  /// The report of a comparison with this name, or at this place; the latest of the workspace without.
  ///
  /// - Throws: `AttuneError` where there is no workspace, `EvaluationError` where there is no report.
  func report(_ name: String?) throws -> URL {
    guard let name else { return try latest() }
    if !name.contains("/"), WorkspaceLayout.nearest(to: start) != nil {
      let kept = try folder().appending(path: name).appending(path: Self.file)
      if FileManager.default.fileExists(atPath: kept.path) { return kept }
    }
    let place = URL(fileURLWithPath: name)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) {
      return isFolder.boolValue ? place.appending(path: Self.file) : place
    }
    let known = WorkspaceLayout.nearest(to: start) == nil ? [] : try names()
    throw EvaluationError(
      .missing,
      "There is no comparison “\(name)”.",
      subject: name,
      cause: known.isEmpty ? nil : "The comparisons are \(known.joined(separator: ", ")).",
      remedy: "Name one of the workspace or the path of a report.json, or make one: "
        + "attune compare <questions>"
    )
  }

  private func latest() throws -> URL {
    let folder = try folder()
    let reports = try names().map { name in
      let url = folder.appending(path: name).appending(path: Self.file)
      let values = try? url.resourceValues(forKeys: [.contentModificationDateKey])
      return (date: values?.contentModificationDate ?? .distantPast, name: name, url: url)
    }
    guard let latest = reports.max(by: { ($0.date, $0.name) < ($1.date, $1.name) }) else {
      throw EvaluationError(
        .missing,
        "There is no comparison yet.",
        subject: folder.path,
        remedy: "Compare first: attune compare <questions>"
      )
    }
    return latest.url
  }

  private func folder() throws -> URL { try Workspace.find(from: start).reportsFolder }

  /// Names of the comparisons that have a report.
  private func names() throws -> [String] {
    let folder = try folder()
    // Without any comparison there is no such folder.
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.sorted().filter {
      FileManager.default.fileExists(
        atPath: folder.appending(path: $0).appending(path: Self.file).path
      )
    }
  }
}
