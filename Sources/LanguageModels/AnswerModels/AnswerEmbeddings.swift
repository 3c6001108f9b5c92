import Kernels

/// What an answer model takes from its base: the embeddings, which also are its output layer.
struct AnswerEmbeddings {
  let words: EmbeddingTable
  /// As ``AnswerNetwork/positions``.
  let positions: [Matrix]
  let norm: BertNorm
  /// The word embeddings packed for multiplication, hidden → vocabulary.
  let output: PackedMatrix

  init(
    _ file: SafetensorsFile,
    answerType: [Float],
    configuration: BertConfiguration,
    kernels: KernelSet,
    pool: WorkerPool
  ) throws(LanguageModelError) {
    let hidden = configuration.hiddenSize
    let rows = configuration.vocabularySize
    let name = "embeddings.word_embeddings"
    let reader = BertWeights(file, floats: 0, kernels: kernels, pool: pool)
    guard configuration.tokenTypes >= 2 else {
      throw LanguageModelError(
        .unsupportedModel,
        "The base model has one token type; an answer model tells question and passage apart by two.",
        subject: file.path,
        remedy: "Use a base model of the BERT family with two token types."
      )
    }
    words = try reader.table(name + ".weight", rows: rows, columns: hidden)
    norm = try reader.norm("embeddings.LayerNorm", size: hidden)
    let table = try reader.floats(
      "embeddings.position_embeddings.weight",
      shape: [configuration.maximumPositions, hidden]
    )
    let types = try reader.floats(
      "embeddings.token_type_embeddings.weight",
      shape: [configuration.tokenTypes, hidden]
    )
    output = try reader.packed([name], inputs: hidden, outputs: rows)
    do {
      positions = try AnswerNetwork.Part.allCases.map { part throws(KernelError) in
        var added = Array(part == .passage ? types[hidden..<2 * hidden] : types[..<hidden])
        if part == .answer { for index in added.indices { added[index] += answerType[index] } }
        let sums = table.enumerated().map { $1 + added[$0 % hidden] }
        return try Matrix(rows: configuration.maximumPositions, columns: hidden, values: sums)
      }
    } catch {
      throw LanguageModelError(
        .weightMismatch,
        "The embeddings of the base model cannot be used.",
        subject: file.path,
        cause: error.message,
        remedy: LanguageModelError.getItAgain
      )
    }
  }
}
