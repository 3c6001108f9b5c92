package import Foundation
import Synchronization

extension LanguageModel {
  /// The adapter that texts are generated with; `nil` for the model as it is. Setting it takes no time,
  /// concerns the calls that begin afterwards, and drops the cached prompt.
  ///
  /// Made by ``prepare(_:)``, once for each adapter: several can be kept and compared. One that was
  /// made for another model makes generating throw.
  public var adapter: DecoderAdapter? {
    get { activeAdapter.withLock(\.self) }
    set {
      activeAdapter.withLock { $0 = newValue }
      cache.withLock { $0 = nil }
    }
  }

  /// Makes an adapter ready for this model.
  ///
  /// - Returns: what ``adapter`` is set to.
  /// - Throws: `LanguageModelError` with code `weightMismatch` if the adapter was trained on another
  ///   base model, as far as that is known, or updates layers that this model has not.
  public func prepare(_ adapter: LowRankAdapter) throws(LanguageModelError) -> DecoderAdapter {
    if let trained = adapter.baseFingerprint {
      try trained.require(location, adapter: adapter)
    }
    return try decoder.prepare(adapter)
  }
}

extension BaseModelFingerprint {
  /// Refuses a model that surely is another one than this.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if it is, and as
  ///   ``init(modelAt:)`` does.
  package func require(_ model: URL, adapter: LowRankAdapter) throws(LanguageModelError) {
    guard let present = try BaseModelFingerprint(modelAt: model), contradicts(present) else {
      return
    }
    throw LanguageModelError(
      .weightMismatch,
      "The adapter was trained on another base model"
        + (adapter.baseModelName.map { " (\($0.prefix(120)))" } ?? "") + ".",
      subject: model.path,
      cause: "Its fingerprint is \(text.prefix(80)), the model's \(present.text).",
      remedy: "Use the adapter with the model that it was trained on."
    )
  }
}
