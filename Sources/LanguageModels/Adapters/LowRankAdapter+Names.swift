extension LowRankAdapter {
  /// The updates under the names that the layers have in a model for text generation: without what
  /// models with pictures, or models without an output layer, put before or leave out.
  package func updatesOfDecoder() throws(LanguageModelError) -> [String: LowRankUpdate] {
    try renamed { Self.decoderLayer($0) }
  }

  /// The name of a decoder's layer without what models with pictures, or models without an output
  /// layer, put before or leave out.
  package static func decoderLayer(_ name: String) -> String {
    for prefix in ["model.language_model.layers.", "language_model.model.layers.", "layers."]
    where name.hasPrefix(prefix) {
      return "model.layers." + name.dropFirst(prefix.count)
    }
    return name == "language_model.lm_head" ? "lm_head" : name
  }

  /// The updates under the names of a BERT model without a head. An update of the pooler, which no
  /// vector of a text passes through, is left out.
  package func updatesOfEncoder() throws(LanguageModelError) -> [String: LowRankUpdate] {
    try renamed { name in
      let inner = Self.encoderLayer(name)
      return inner == "pooler.dense" ? nil : inner
    }
  }

  /// The name of a BERT layer in a model without a head.
  package static func encoderLayer(_ name: String) -> String {
    name.hasPrefix("bert.") ? String(name.dropFirst("bert.".count)) : name
  }

  private func renamed(
    _ rename: (String) -> String?
  ) throws(LanguageModelError) -> [String: LowRankUpdate] {
    var result: [String: LowRankUpdate] = [:]
    for (name, update) in updates {
      guard let name = rename(name) else { continue }
      guard result.updateValue(update, forKey: name) == nil else {
        throw LanguageModelError(
          .weightMismatch,
          "The adapter updates \"\(name.prefix(160))\" under two names.",
          subject: "adapter",
          remedy: "Get the adapter again."
        )
      }
    }
    return result
  }

  /// Refuses updates of layers that the model has not.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch`, which names them.
  package static func refuse(
    unknown names: some Collection<String>,
    subject: String
  ) throws(LanguageModelError) {
    guard !names.isEmpty else { return }
    let listed = names.sorted().prefix(5).map { $0.prefix(120) }.joined(separator: ", ")
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    throw LanguageModelError(
      .weightMismatch,
      "The adapter updates layers that the model does not have: \(listed)\(more).",
      subject: subject,
      remedy: "Use the adapter with the model that it was trained on."
    )
  }

  /// Refuses an update whose sides are not those of its layer.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch`.
  package static func require(
    _ update: LowRankUpdate,
    of name: String,
    inputs: Int,
    outputs: Int,
    subject: String
  ) throws(LanguageModelError) {
    guard update.inputs == inputs, update.outputs == outputs else {
      throw LanguageModelError(
        .weightMismatch,
        "The adapter's update of \(name) is for a layer [\(update.inputs) → \(update.outputs)]; the "
          + "model's is [\(inputs) → \(outputs)].",
        subject: subject,
        remedy: "Use the adapter with the model that it was trained on."
      )
    }
  }
}
