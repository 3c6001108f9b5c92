import Kernels

/// Conversion of the stored values of a GGUF tensor to 32-bit floats.
enum GGUFConversion {
  /// Reads whole blocks; `values` must hold as many elements as they have.
  ///
  /// - Throws: `LanguageModelError` if the lengths do not fit, or there are no kernels to do it.
  static func convert(
    _ bytes: UnsafeRawBufferPointer,
    of encoding: TensorEncoding,
    into values: UnsafeMutableBufferPointer<Float>,
    pool: WorkerPool = .shared
  ) throws(LanguageModelError) {
    do {
      try KernelSet.active().dequantize(bytes, as: encoding, into: values, pool: pool)
    } catch {
      throw LanguageModelError(error, subject: encoding.name)
    }
  }
}

extension GGUFFile {
  /// All values of a tensor as 32-bit floats, row after row.
  ///
  /// - Throws: `LanguageModelError` if there are no kernels to read its type.
  package func values(of tensor: GGUFTensor) throws(LanguageModelError) -> [Float] {
    // The table of tensors was checked: the sides fit the bytes, which lie in the file.
    let matrix = Matrix(rows: 1, columns: tensor.shape.reduce(1, *))
    try matrix.fillRow(0) { values throws(LanguageModelError) in
      try GGUFConversion.convert(bytes(of: tensor), of: tensor.type, into: values)
    }
    return matrix.row(0)
  }
}
