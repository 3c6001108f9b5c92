import Kernels
import LanguageModels

/// The embeddings of an encoder in training: words, positions and token types.
enum EncoderEmbeddings {
  /// As the model came; `types` are the differences of each type's vector from that of type 0, which is
  /// in the positions.
  case frozen(words: EmbeddingTable, positions: Matrix, types: [[Float]])
  case trained(words: Parameter, positions: Parameter, types: Parameter)

  var parameters: [Parameter] {
    switch self {
    case .frozen: []
    case .trained(let words, let positions, let types): [words, positions, types]
    }
  }

  /// word + position + type for each token of some texts.
  func look(up texts: [[Int32]], types: [[Int]]?, _ tape: Tape) throws -> Variable {
    let tokens = texts.flatMap { $0.map { Int($0) } }
    let kinds = types?.flatMap { $0 } ?? [Int](repeating: 0, count: tokens.count)
    let places = texts.flatMap { $0.indices }
    switch self {
    case .frozen(let words, let positions, let differences):
      let hidden = Matrix(uninitializedRows: tokens.count, columns: positions.columns)
      for (index, token) in tokens.enumerated() {
        hidden.withRow(index) { row in
          positions.withRow(places[index]) { other in
            words.write(token, plus: UnsafeBufferPointer(other), to: row)
          }
          guard kinds[index] > 0 else { return }
          let difference = differences[kinds[index]]
          for column in row.indices { row[column] += difference[column] }
        }
      }
      return tape.constant(hidden)
    case .trained(let words, let positions, let types):
      let sum = try tape.add(tape.embedding(words, tokens), tape.embedding(positions, places))
      return try tape.add(sum, tape.embedding(types, kinds))
    }
  }
}
