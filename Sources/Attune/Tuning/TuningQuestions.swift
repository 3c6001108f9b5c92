import Datasets
import FineTuning
import LanguageModels
import Tokenizers

/// The questions of an embedder's or a reranker's tuning, with the passages that answer them and others.
struct TuningQuestions {
  let data: TuningData
  let corpus: TuningCorpus
  /// How many examples were left out for want of a question or a passage.
  let leftOut: Int

  /// How many questions each part has.
  var counts: AdapterRecord.Counts {
    .init(train: data.train.count, validation: data.validation.count, test: data.test.count)
  }

  /// Takes the examples that have a question and a passage.
  ///
  /// - Parameters:
  ///   - source: where the examples are.
  ///   - examples: all of them.
  ///   - embedded: for the text of each passage of the workspace what is embedded for it.
  ///   - others: how many further passages of the workspace stand among those of the examples.
  ///   - takesStoredOnly: whether passages that the workspace does not hold count as none.
  ///   - parent: the adapter to go on from.
  ///   - library: where it is.
  ///   - seed: decides how examples are divided.
  /// - Throws: ``AttuneError`` with code `tuningInvalid` where nothing is left.
  init(
    _ source: TuningSource,
    _ examples: [Example],
    embedded: [String: String],
    others: Int,
    takesStoredOnly: Bool,
    since parent: String?,
    in library: AdapterLibrary,
    seed: UInt64
  ) throws {
    let usable = examples.filter { example in
      guard example.question != nil, let passage = example.passage else { return false }
      return takesStoredOnly ? embedded[passage] != nil : !passage.isEmpty
    }
    leftOut = examples.count - usable.count
    guard !usable.isEmpty else {
      throw AttuneError(
        .tuningInvalid,
        "None of the \(examples.count) examples has a question and the passage that answers it"
          + (takesStoredOnly ? ", in the words of this workspace." : "."),
        subject: source.name,
        remedy: "Make some from your documents: attune dataset synthesize"
      )
    }
    data = try TuningData(source.name, usable, since: parent, in: library, seed: seed)
    corpus = TuningCorpus(data.all, embedded: embedded, others: others, seed: seed)
  }

  /// Questions and passages as a model's tokens.
  func tokens(
    _ examples: [Example],
    _ tokenizer: Tokenizer,
    _ settings: RankingSettings,
    maximumTokens: Int
  ) throws -> RankingData {
    try RankingData(
      examples: corpus.ranking(examples),
      passages: corpus.passages,
      tokenizer: tokenizer,
      settings: settings,
      maximumTokens: maximumTokens
    )
  }
}
