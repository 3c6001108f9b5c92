import Kernels

/// What an answer model takes from its base: the embeddings, which also are its output layer.
struct AnswerEmbeddings {
  let words: EmbeddingTable
  /// As ``AnswerNetwork/positions``.
  let positions: [Matrix]
  let norm: BertNorm

  init(
    _ file: SafetensorsFile,
    answerType: [Float],
    configuration: BertConfiguration,
    kernels: KernelSet,
    pool: WorkerPool
  ) throws(LanguageModelError) {
    let hidden = configuration.hiddenSize
    let reader = BertWeights(file, floats: 0, kernels: kernels, pool: pool)
    guard configuration.tokenTypes >= 2 else {
      throw LanguageModelError(
        .unsupportedModel,
        "The base model has one token type; an answer model tells question and passage apart by two.",
        subject: file.path,
        remedy: "Use a base model of the BERT family with two token types."
      )
    }
    words = try reader.table(
      "embeddings.word_embeddings.weight",
      rows: configuration.vocabularySize,
      columns: hidden
    )
    norm = try reader.norm("embeddings.LayerNorm", size: hidden)
    let table = try reader.floats(
      "embeddings.position_embeddings.weight",
      shape: [configuration.maximumPositions, hidden]
    )
    let types = try reader.floats(
      "embeddings.token_type_embeddings.weight",
      shape: [configuration.tokenTypes, hidden]
    )
    do {
      positions = try AnswerNetwork.Part.allCases.map { part throws(KernelError) in
        var added = Array(part == .passage ? types[hidden..<2 * hidden] : types[..<hidden])
        if part == .answer { for index in added.indices { added[index] += answerType[index] } }
        var sums = table
        for start in stride(from: 0, to: sums.count, by: hidden) {
          for index in 0..<hidden { sums[start + index] += added[index] }
        }
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
