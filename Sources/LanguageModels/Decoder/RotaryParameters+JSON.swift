import Foundation

extension RotaryParameters {
  /// The position encoding that a `config.json` describes, in its newer form (`rope_parameters`) or
  /// its older (`rope_theta`, `rope_scaling`).
  ///
  /// - Throws: `LanguageModelError` if something is missing or of a kind that is not supported.
  init(
    _ settings: DecoderSettings.RotarySettings?,
    base: Double,
    partial: Double?,
    headSize: Int,
    context: Int,
    original: Int?,
    isPhi: Bool,
    subject: String
  ) throws(LanguageModelError) {
    let share = settings?.partialRotaryFactor ?? partial ?? 1
    guard share > 0, share <= 1, headSize > 0, headSize <= 1 << 16 else {
      throw DecoderConfiguration.malformed("partial_rotary_factor is \(share).", subject)
    }
    self.base = Float(settings?.ropeTheta ?? base)
    size = Int(Double(headSize) * share)
    var kind = settings?.ropeType ?? settings?.type ?? "default"
    // Phi-3's first files called it so.
    if kind == "su" || isPhi && kind == "yarn" { kind = "longrope" }
    guard let settings, kind != "default" else {
      scaling = .none
      return
    }
    scaling = try Self.scaling(
      kind,
      settings,
      context: context,
      original: (isPhi ? original : nil) ?? settings.originalMaxPositionEmbeddings ?? original
        ?? context,
      subject: subject
    )
  }

  private static func scaling(
    _ kind: String,
    _ settings: DecoderSettings.RotarySettings,
    context: Int,
    original: Int,
    subject: String
  ) throws(LanguageModelError) -> Scaling {
    func factor() throws(LanguageModelError) -> Double {
      guard let factor = settings.factor else {
        throw DecoderConfiguration.malformed("The \"\(kind)\" scaling has no factor.", subject)
      }
      return factor
    }
    switch kind {
    case "linear":
      return .linear(factor: Float(try factor()))
    case "dynamic":
      // It begins beyond max_position_embeddings, which is where the context ends here.
      return .none
    case "llama3":
      return .llama3(
        factor: Float(try factor()),
        low: Float(settings.lowFreqFactor ?? 1),
        high: Float(settings.highFreqFactor ?? 4),
        original: original
      )
    case "yarn":
      let factor = settings.factor ?? Double(context) / Double(max(original, 1))
      return .yarn(
        factor: Float(factor),
        fast: Float(settings.betaFast ?? 32),
        slow: Float(settings.betaSlow ?? 1),
        original: original,
        attention: Float(settings.attentionFactor ?? yarnAttention(factor, settings)),
        truncates: settings.truncate ?? true
      )
    case "longrope":
      guard let short = settings.shortFactor, let long = settings.longFactor else {
        throw DecoderConfiguration.malformed(
          "The \"longrope\" scaling has no short_factor or long_factor.",
          subject
        )
      }
      let factor = settings.factor ?? Double(context) / Double(max(original, 1))
      let attention =
        factor <= 1 || original < 2 ? 1 : (1 + log(factor) / log(Double(original))).squareRoot()
      return .longRope(
        short: short.map { Float($0) },
        long: long.map { Float($0) },
        original: original,
        attention: Float(settings.attentionFactor ?? attention)
      )
    default:
      throw LanguageModelError(
        .unsupportedModel,
        "The position encoding \"\(kind.prefix(40))\" is not supported.",
        subject: subject,
        remedy: "Use a model with one of: default, linear, dynamic, llama3, yarn, longrope."
      )
    }
  }

  /// The factor that YaRN puts on cosine and sine.
  private static func yarnAttention(
    _ factor: Double,
    _ settings: DecoderSettings.RotarySettings
  ) -> Double {
    func scale(_ multiplier: Double) -> Double {
      factor <= 1 ? 1 : 0.1 * multiplier * log(factor) + 1
    }
    guard let one = settings.mscale, let all = settings.mscaleAllDim, one != 0, all != 0 else {
      return scale(1)
    }
    return scale(one) / scale(all)
  }
}
