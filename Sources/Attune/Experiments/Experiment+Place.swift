import Evaluation
import Foundation

extension Experiment {
  /// A path of the experiment's data; it counts from the current folder.
  ///
  /// - Throws: ``AttuneError`` where the experiment names none, or nothing is there.
  func place(_ name: String) throws -> URL {
    guard let path = data[name]?.text else {
      throw AttuneError(
        .experimentInvalid,
        "The experiment does not say where \(name) is.",
        subject: self.name,
        remedy: "Set data.\(name) to its path in the experiment's file."
      )
    }
    let place = URL(fileURLWithPath: path)
    guard FileManager.default.fileExists(atPath: place.path) else {
      throw AttuneError(
        .experimentInvalid,
        "The experiment's data are not there.",
        subject: place.path,
        remedy: "Run it from the project's root, or change data.\(name) in the experiment."
      )
    }
    return place
  }
}
