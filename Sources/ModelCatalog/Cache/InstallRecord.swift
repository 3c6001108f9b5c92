import Foundation

/// What is written beside a model's files when it is installed.
struct InstallRecord: Codable {
  static let fileName = "attune-model.json"

  var name: String
  var source: String
  /// What the model is for; absent in older records. A text, so that a role which a later version
  /// knows does not make the record unreadable.
  var role: String?
  var files: [KnownModel.File]

  func write(to folder: URL) throws(ModelCatalogError) {
    let file = folder.appendingPathComponent(Self.fileName)
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(self).write(to: file)
    } catch {
      throw .fileSystem("The record of the model cannot be written.", file.path, error)
    }
  }

  /// The record of a folder; nil if there is none that can be read or if it names paths that lead
  /// out of the folder.
  static func read(from folder: URL) -> InstallRecord? {
    let file = folder.appendingPathComponent(fileName)
    guard let data = try? Data(contentsOf: file),
      let record = try? JSONDecoder().decode(InstallRecord.self, from: data),
      record.files.allSatisfy({ SafePath.isRelative($0.path) && $0.size >= 0 })
    else { return nil }
    return record
  }
}
