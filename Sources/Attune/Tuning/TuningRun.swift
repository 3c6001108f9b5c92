import Foundation

/// The folder of a training that is under way or was interrupted: what it was asked for, and its checkpoint.
struct TuningRun {
  let name: String
  let folder: URL

  private static let requestName = "request.json"

  init(_ name: String, in layout: WorkspaceLayout) {
    self.name = name
    folder = layout.run(name)
  }

  /// Where checkpoints go.
  var checkpoint: URL { folder.appending(path: "checkpoint.safetensors") }

  /// Whether there is something to go on from. Stopped before its first checkpoint, a run begins anew.
  var hasCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpoint.path) }

  /// - Throws: ``AttuneError`` with code `tuningInvalid` where an interrupted run has this name.
  func requireNew() throws {
    guard !hasCheckpoint else {
      throw AttuneError(
        .tuningInvalid,
        "A run named \(name) was interrupted and can go on.",
        subject: name,
        remedy: "Go on with 'attune tune resume \(name)', or choose another --name."
      )
    }
  }

  /// Makes the folder and keeps what was asked for, unless it is there to be gone on with.
  func begin(_ request: TuningRequest) throws {
    guard !hasCheckpoint else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try AdapterLibrary.encoder.encode(request)
      .write(to: folder.appending(path: Self.requestName), options: .atomic)
  }

  /// What was asked for; nil where there is no such run.
  var request: TuningRequest? {
    guard AdapterLibrary.isName(name),
      let data = try? Data(contentsOf: folder.appending(path: Self.requestName))
    else { return nil }
    return try? AdapterLibrary.decoder.decode(TuningRequest.self, from: data)
  }

  /// Removes the folder. That it may fail changes nothing: the adapter is kept.
  func remove() { try? FileManager.default.removeItem(at: folder) }
}
