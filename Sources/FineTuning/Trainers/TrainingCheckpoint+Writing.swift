import Foundation
import Kernels
import LanguageModels

extension TrainingCheckpoint {
  /// Writes a checkpoint: the file that was there stays until the new one is whole and on the disk.
  ///
  /// - Parameters:
  ///   - content: the state and what it belongs to.
  ///   - parts: the matrices of each part, in the order of the content's parameters.
  ///   - url: where the file goes; its folder is made where it is missing.
  /// - Throws: ``FineTuningError`` with code `unwritableFile` if it cannot be written.
  static func write(
    _ content: Content,
    _ parts: [(Part, [Matrix])],
    to url: URL
  ) throws(FineTuningError) {
    let tensors = parts.flatMap { part, matrices in
      zip(content.parameters, matrices).map { shape, matrix in
        (name: part.tensor(shape.name), matrix: matrix)
      }
    }
    do {
      let folder = url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      removeLeftovers(of: url)
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let text = String(decoding: try encoder.encode(content), as: UTF8.self)
      var fingerprint = Fingerprint()
      fingerprint.add(text)
      // In the order in which a reader lists the names.
      for (name, matrix) in tensors.sorted(by: { $0.name < $1.name }) {
        fingerprint.add(name)
        fingerprint.add(matrix.rows)
        fingerprint.add(matrix.columns)
        for row in 0..<matrix.rows {
          matrix.withRow(row) { fingerprint.add(UnsafeBufferPointer($0)) }
        }
      }
      try SafetensorsWriter.write(
        tensors.map { name, matrix in
          (name: name, shape: [matrix.rows, matrix.columns], values: { matrix.values })
        },
        metadata: ["format": kind, "state": text, "sha256": fingerprint.text],
        to: url
      )
    } catch {
      let known = error as? LanguageModelError
      throw FineTuningError(
        .unwritableFile,
        "The checkpoint of step \(content.state.step) cannot be written; the one before is untouched.",
        subject: url.path,
        cause: known?.cause ?? known?.message ?? error.localizedDescription,
        remedy: "Make room on the disk, check that you may write there, and resume the training."
      )
    }
  }

  /// Removes what a write that was killed has left.
  private static func removeLeftovers(of url: URL) {
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(".\(url.lastPathComponent).") {
      // What cannot be removed only takes room.
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }
}
