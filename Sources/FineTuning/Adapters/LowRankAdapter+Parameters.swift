import Kernels
public import LanguageModels

extension LowRankAdapter {
  /// The adapter that training has made: parameters named `….lora_A.weight`, `….lora_B.weight` and for
  /// DoRA `….lora_magnitude_vector`.
  ///
  /// - Parameters:
  ///   - parameters: the trained parameters; others are left out.
  ///   - settings: what the adapter was made with.
  /// - Throws: `LanguageModelError` if a layer has only one half, shapes do not fit, or values are no
  ///   finite numbers.
  public init(
    parameters: [Parameter],
    settings: LoRASettings
  ) throws(LanguageModelError) {
    var byName: [String: Parameter] = [:]
    for parameter in parameters { byName[parameter.name] = parameter }
    var updates: [String: LowRankUpdate] = [:]
    let ending = ".lora_A.weight"
    for (name, a) in byName where name.hasSuffix(ending) {
      let layer = String(name.dropLast(ending.count))
      guard let b = byName[layer + ".lora_B.weight"] else {
        throw LanguageModelError(
          .invalidInput,
          "The layer \(layer) has only one of lora_A and lora_B.",
          subject: "adapter",
          remedy: "Give all parameters of the trained model."
        )
      }
      updates[layer] = try LowRankUpdate(
        inputs: a.value.columns,
        outputs: b.value.rows,
        rank: a.value.rows,
        alpha: settings.alpha,
        isRankStabilized: settings.isRankStabilized,
        a: a.values,
        b: b.values,
        magnitude: byName[layer + ".lora_magnitude_vector"]?.values
      )
    }
    try self.init(updates: updates)
    let kinds = Set(updates.keys.compactMap { $0.split(separator: ".").last.map { String($0) } })
    // BERT's "dense" would mean its pooler too: there the full names are written.
    let all = kinds.contains("dense") ? [] : kinds.sorted()
    targets = settings.targets.isEmpty ? all : settings.targets
  }
}

extension Parameter {
  fileprivate var values: [Float] { (0..<value.rows).flatMap { value.row($0) } }
}
