import Kernels

/// The weights of a GGUF file under the names of Hugging Face transformers.
///
/// Files of the Llama architecture have the query and key rows of each head in another order, since
/// llama.cpp rotates neighbouring values where transformers rotates halves; here the rows come in the
/// order of transformers. Gemma's norms already have their one added.
struct GGUFWeights: WeightSource {
  let file: GGUFFile
  private let configuration: DecoderConfiguration

  init(_ file: GGUFFile, _ configuration: DecoderConfiguration) {
    self.file = file
    self.configuration = configuration
  }

  var path: String { file.path }
  var normsIncludeOne: Bool { true }

  func letGo() { file.letGo() }

  func shape(of name: String) -> [Int]? {
    tensorName(name).flatMap { file.tensors[$0]?.shape }
  }

  func read(
    _ name: String,
    rows: Range<Int>,
    into values: UnsafeMutableBufferPointer<Float>
  ) throws(LanguageModelError) {
    guard let tensor = tensorName(name).flatMap({ file.tensors[$0] }) else {
      throw mismatch("The weight \"\(name)\" is missing.")
    }
    guard let heads = interleavedHeads(name), let count = tensor.shape.first,
      count % (2 * heads) == 0
    else {
      // A vector is one row to the file and as many rows as values to the caller.
      let isVector = tensor.shape.count == 1
      let bytes = file.bytes(of: tensor, rows: isVector ? 0..<1 : rows)
      try GGUFConversion.convert(bytes, of: tensor.type, into: values)
      return
    }
    let size = count / heads
    let width = rows.isEmpty ? 0 : values.count / rows.count
    let vector = tensor.shape.count == 1 ? try whole(tensor) : nil
    for (place, row) in rows.enumerated() {
      let stored = storedRow(row, headSize: size)
      if let vector {
        values[place] = vector[stored]
      } else {
        try GGUFConversion.convert(
          file.bytes(of: tensor, rows: stored..<stored + 1),
          of: tensor.type,
          into: UnsafeMutableBufferPointer(rebasing: values[place * width..<(place + 1) * width])
        )
      }
    }
  }

  func encoding(of name: String) -> TensorEncoding? {
    tensorName(name).flatMap { file.tensors[$0]?.type }
  }

  func encodedRows(of name: String, rows: Range<Int>) -> EncodedRows? {
    guard let tensor = tensorName(name).flatMap({ file.tensors[$0] }), tensor.shape.count == 2
    else { return nil }
    guard let heads = interleavedHeads(name), tensor.shape[0] % (2 * heads) == 0 else {
      return EncodedRows(file.bytes(of: tensor, rows: rows), tensor.type)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * tensor.rowBytes)
    for row in rows {
      let stored = storedRow(row, headSize: tensor.shape[0] / heads)
      bytes += file.bytes(of: tensor, rows: stored..<stored + 1)
    }
    return EncodedRows(bytes, tensor.type)
  }

  /// Where a row of an interleaved head lies in the file.
  private func storedRow(_ row: Int, headSize: Int) -> Int {
    let (half, pair) = (row % headSize).quotientAndRemainder(dividingBy: headSize / 2)
    return row / headSize * headSize + 2 * pair + half
  }

  private func whole(_ tensor: GGUFTensor) throws(LanguageModelError) -> [Float] {
    let count = tensor.shape.reduce(1, *)
    let matrix = Matrix(rows: 1, columns: count)
    try matrix.fillRow(0) { values throws(LanguageModelError) in
      try GGUFConversion.convert(file.bytes(of: tensor, rows: 0..<1), of: tensor.type, into: values)
    }
    return matrix.row(0)
  }

  /// The heads whose rows are interleaved, if the weight's are.
  private func interleavedHeads(_ name: String) -> Int? {
    guard configuration.architecture == .llama else { return nil }
    if name.contains(".self_attn.q_proj.") { return configuration.heads }
    if name.contains(".self_attn.k_proj.") { return configuration.keyValueHeads }
    return nil
  }

  private func tensorName(_ name: String) -> String? {
    GGUFNames.tensor(name, configuration)
  }
}
