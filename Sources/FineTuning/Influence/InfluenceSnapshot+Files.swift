import Foundation
import Kernels
import LanguageModels

extension InfluenceSnapshot {
  private static let prefix = "step-"
  private static let suffix = ".safetensors"
  private static let factorsName = "factors"
  private static let valuesPrefix = "value/"

  /// The moments that are kept in a folder, in order.
  static func files(in folder: URL) -> [(step: Int, url: URL)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { name -> (step: Int, url: URL)? in
      guard name.hasPrefix(prefix), name.hasSuffix(suffix),
        let step = Int(name.dropFirst(prefix.count).dropLast(suffix.count))
      else { return nil }
      return (step, folder.appendingPathComponent(name))
    }.sorted { $0.step < $1.step }
  }

  /// Where a moment is kept.
  static func file(ofStep step: Int, in folder: URL) -> URL {
    folder.appendingPathComponent("\(prefix)\(step)\(suffix)")
  }

  /// Writes the moment; returns where.
  @discardableResult
  func write(of parameters: [Parameter], to folder: URL) throws(FineTuningError) -> URL {
    let url = Self.file(ofStep: step, in: folder)
    do {
      var tensors = zip(parameters, values).map { parameter, values in
        (
          name: Self.valuesPrefix + parameter.name,
          shape: [parameter.value.rows, parameter.value.columns],
          values: { values }
        ) as SafetensorsWriter.Tensor
      }
      tensors.append((Self.factorsName, [factors.count], { factors }))
      try SafetensorsWriter.write(
        tensors,
        metadata: ["step": String(step), "learning_rate": String(learningRate)],
        to: url
      )
    } catch {
      throw .unwritable(url, error)
    }
    return url
  }

  /// Reads a moment of a model with these parameters.
  ///
  /// - Throws: ``FineTuningError`` with code `unusableInfluence` if it is damaged or another model's.
  init(_ url: URL, of parameters: [Parameter]) throws(FineTuningError) {
    do {
      let file = try SafetensorsFile(url)
      guard let step = file.metadata["step"].flatMap(Int.init),
        let rate = file.metadata["learning_rate"].flatMap(Double.init), rate.isFinite
      else { throw FineTuningError.unusableInfluence(url, "This is not how a training stood.") }
      let values = try parameters.map { parameter in
        try file.floats(
          Self.valuesPrefix + parameter.name,
          shape: [parameter.value.rows, parameter.value.columns]
        )
      }
      let factors = try file.floats(Self.factorsName, shape: [values.reduce(0) { $0 + $1.count }])
      guard factors.allSatisfy(\.isFinite), values.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
        throw FineTuningError.unusableInfluence(url, "Some of its values are no numbers.")
      }
      self.init(step: step, learningRate: rate, values: values, factors: factors)
    } catch let error as FineTuningError {
      throw error
    } catch {
      throw .unusableInfluence(
        url,
        "How the training stood cannot be read, or another adapter was trained.",
        cause: (error as? LanguageModelError)?.message
      )
    }
  }
}

extension FineTuningError {
  static func unusableInfluence(
    _ place: URL,
    _ message: String,
    cause: String? = nil
  ) -> FineTuningError {
    FineTuningError(
      .unusableInfluence,
      message,
      subject: place.path,
      cause: cause,
      remedy: "Train the adapter again, recording its influence."
    )
  }
}
