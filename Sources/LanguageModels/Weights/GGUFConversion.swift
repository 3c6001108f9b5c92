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
