public import Foundation
import Kernels
import LanguageModels

/// A stopped training in a file, to go on from.
///
/// A safetensors file with four tensors for each parameter NAME: `value/NAME`, the optimizer's
/// `first/NAME` and `second/NAME`, and `best/NAME` where the training is validated. The metadata holds
/// the state of the training as JSON and a SHA-256 over it and all tensors.
public struct TrainingCheckpoint {
  /// What the state belongs to, and the state.
  struct Content: Equatable, Codable {
    var version: Int
    var settings: TrainingSettings
    /// The fingerprint of the plan.
    var data: String
    /// The fingerprint of the base model.
    var base: String
    var state: TrainingState
    var parameters: [Shape]

    struct Shape: Equatable, Codable {
      var name: String
      var rows: Int
      var columns: Int
    }
  }

  /// The version of this layout.
  static let version = 1
  static let kind = "attune training checkpoint"

  let content: Content
  let file: SafetensorsFile
  let path: String

  /// Steps taken.
  public var step: Int { content.state.step }
  /// The settings of the training.
  public var settings: TrainingSettings { content.settings }
  /// How the training went so far.
  public var curve: TrainingCurve { content.state.curve }
  /// The fingerprint of the data.
  public var dataFingerprint: String { content.data }
  /// The fingerprint of the base model.
  public var baseFingerprint: String { content.base }

  /// Opens a checkpoint and checks it bit by bit.
  ///
  /// - Throws: ``FineTuningError`` with code `unusableCheckpoint` if the file is absent, damaged, or no
  ///   checkpoint.
  public init(_ url: URL) throws(FineTuningError) {
    path = url.path
    do throws(LanguageModelError) {
      file = try SafetensorsFile(url)
    } catch {
      throw Self.unusable("The checkpoint cannot be read.", path, cause: error.message)
    }
    let metadata = file.metadata
    guard metadata["format"] == Self.kind, let text = metadata["state"],
      let digest = metadata["sha256"]
    else { throw Self.unusable("This file is no checkpoint of a training, or damaged.", path) }
    guard try Self.digest(of: text, file, path) == digest else {
      throw Self.unusable("The checkpoint is damaged: its checksum does not match.", path)
    }
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(text.utf8))
    } catch {
      throw Self.unusable("The checkpoint is of another version of this program.", path)
    }
    guard content.version == Self.version else {
      throw Self.unusable("The checkpoint is of another version of this program.", path)
    }
  }

  /// Copies one of the tensors of each parameter into matrices.
  func read(_ part: Part, into matrices: [Matrix]) throws(FineTuningError) {
    for (shape, matrix) in zip(content.parameters, matrices) {
      let values: [Float]
      do throws(LanguageModelError) {
        values = try file.floats(
          part.tensor(shape.name),
          shape: [matrix.rows, matrix.columns]
        )
      } catch {
        throw Self.unusable("The checkpoint is not whole.", path, cause: error.message)
      }
      matrix.fill(from: values)
    }
  }

  /// The digest of a state and the tensors of a file.
  private static func digest(
    of text: String,
    _ file: SafetensorsFile,
    _ path: String
  ) throws(FineTuningError) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(text)
    for name in file.names {
      guard let (type, shape) = file.description(of: name), type == .float32, shape.count == 2
      else {
        throw unusable("The checkpoint is damaged: \"\(name.prefix(80))\" is no matrix.", path)
      }
      fingerprint.add(name)
      for side in shape { fingerprint.add(side) }
      do throws(LanguageModelError) {
        try file.floats(name, shape: shape).withUnsafeBufferPointer { fingerprint.add($0) }
      } catch {
        throw unusable("The checkpoint cannot be read.", path, cause: error.message)
      }
    }
    return fingerprint.text
  }

  static func unusable(
    _ message: String,
    _ path: String,
    cause: String? = nil,
    remedy: String = "Begin the training anew."
  ) -> FineTuningError {
    FineTuningError(.unusableCheckpoint, message, subject: path, cause: cause, remedy: remedy)
  }

  /// The tensors that a checkpoint holds of a parameter.
  enum Part: String {
    case value, first, second, best

    func tensor(_ name: String) -> String { "\(rawValue)/\(name)" }
  }
}
