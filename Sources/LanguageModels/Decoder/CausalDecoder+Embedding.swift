package import Kernels

extension CausalDecoder {
  /// Writes the embeddings of some tokens, with the model's factor on them, into the first rows of a
  /// matrix. The caller has checked the tokens.
  ///
  /// - Throws: `LanguageModelError` if the weights cannot be read.
  package func embed(_ tokens: [Int32], into hidden: Matrix) throws(LanguageModelError) {
    let scale = configuration.embeddingScale
    for (row, token) in tokens.enumerated() {
      try hidden.fillRow(row) { values throws(LanguageModelError) in
        try embeddings.write(Int(token), to: values)
        if scale != 1 {
          for index in values.indices { values[index] *= scale }
        }
      }
    }
  }
}
