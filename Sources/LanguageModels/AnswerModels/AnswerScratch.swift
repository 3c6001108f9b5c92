import Kernels

/// The intermediate results of the layers over some rows.
struct AnswerScratch {
  /// [rows × hidden]: the embeddings, then each layer's result.
  let hidden: Matrix
  /// [rows × hidden]
  let context: Matrix
  /// [rows × intermediate]
  let intermediate: Matrix

  init(_ configuration: BertConfiguration, rows: Int) {
    hidden = Matrix(uninitializedRows: rows, columns: configuration.hiddenSize)
    context = Matrix(uninitializedRows: rows, columns: configuration.hiddenSize)
    intermediate = Matrix(uninitializedRows: rows, columns: configuration.intermediateSize)
  }
}
