import Datasets
import LanguageModels

extension TuningData {
  /// The share of what an earlier adapter was trained on that is trained on again, so that it stays.
  static let replayShare = 0.25

  /// The examples to train and measure on. One that goes on from an earlier adapter takes what is new,
  /// and a share of the old.
  ///
  /// - Parameters:
  ///   - name: what the data are called.
  ///   - examples: all examples.
  ///   - parent: the adapter to go on from.
  ///   - library: where it is.
  ///   - seed: decides how examples are divided and which old ones are taken.
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where nothing is new.
  init(
    _ name: String,
    _ examples: [Example],
    since parent: String?,
    in library: AdapterLibrary,
    seed: UInt64
  ) throws {
    guard let parent else {
      try self.init(name, examples, seed: seed)
      return
    }
    let known = Set(try library.trained(parent))
    // Divided before it is chosen, so that what was held out stays so.
    let divided = try DatasetSplitter(seed: seed).split(examples)
    let isNew = divided.map { !known.contains($0.identifier) }
    let new = divided.indices.filter { isNew[$0] && divided[$0].split == .train }
    guard !new.isEmpty else {
      throw AttuneError(
        .tuningInvalid,
        "There are no examples to train on that the adapter \(parent) was not trained on.",
        subject: name,
        remedy: "Add examples, or train a new adapter without --since-last."
      )
    }
    var generator = SeededGenerator(seed: seed)
    let old = divided.indices.filter { !isNew[$0] }.shuffled(using: &generator)
    let replayed = old.prefix(Int((Double(new.count) * Self.replayShare).rounded(.up)))
    // Whatever part it belongs to now, what the parent has seen cannot measure.
    let measuring = divided.indices.filter { isNew[$0] && divided[$0].split != .train }
    var chosen = (new + measuring).map { divided[$0] }
    for index in replayed.sorted() {
      var example = divided[index]
      example.split = .train
      chosen.append(example)
    }
    try self.init(name, chosen, seed: seed)
  }
}
