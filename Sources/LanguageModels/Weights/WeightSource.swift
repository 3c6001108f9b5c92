import Kernels

/// A model's weights by the names that Hugging Face transformers gives them, whichever kind of file
/// they come from.
protocol WeightSource: Sendable {
  /// The file or folder, for errors.
  var path: String { get }

  /// Whether norm weights that a model states as the difference from one already have the one added.
  var normsIncludeOne: Bool { get }

  /// The shape of a weight, outermost side first; `nil` if there is none of this name.
  func shape(of name: String) -> [Int]?

  /// Reads some rows (indices of the outermost side) of a weight as 32-bit floats, row after row.
  ///
  /// The caller has checked the shape: `rows` lies inside it, and `values` holds exactly these rows.
  ///
  /// - Throws: `LanguageModelError` if the weight's type is none that can be read.
  func read(
    _ name: String,
    rows: Range<Int>,
    into values: UnsafeMutableBufferPointer<Float>
  ) throws(LanguageModelError)

  /// Gives back the memory that what was read takes, where it can be read again.
  func letGo()

  /// How a weight is written in its file, if it is there and of a kind that quantised matrices take.
  func encoding(of name: String) -> TensorEncoding?

  /// Some rows as they are encoded in the file, where a quantised matrix can take them so; `nil` where
  /// the values are to be read.
  func encodedRows(of name: String, rows: Range<Int>) -> EncodedRows?
}

extension WeightSource {
  var normsIncludeOne: Bool { false }

  func encoding(of name: String) -> TensorEncoding? { nil }

  func encodedRows(of name: String, rows: Range<Int>) -> EncodedRows? { nil }

  func contains(_ name: String) -> Bool { shape(of: name) != nil }

  /// Checks that a weight is there and has a shape.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if not.
  func require(_ name: String, shape wanted: [Int]) throws(LanguageModelError) {
    guard let shape = shape(of: name) else {
      throw mismatch("The weight \"\(name)\" is missing.")
    }
    guard shape == wanted else {
      throw mismatch(
        "The weight \"\(name)\" has the shape \(shape), the configuration asks for \(wanted)."
      )
    }
  }

  /// A whole weight as 32-bit floats, row after row.
  ///
  /// - Throws: `LanguageModelError` with code `weightMismatch` if it is absent, has another shape or
  ///   cannot be read.
  func values(_ name: String, shape: [Int]) throws(LanguageModelError) -> [Float] {
    try require(name, shape: shape)
    guard let rows = shape.first else { return [] }
    let matrix = Matrix(rows: 1, columns: shape.reduce(1, *))
    try matrix.fillRow(0) { values throws(LanguageModelError) in
      try read(name, rows: 0..<rows, into: values)
    }
    return matrix.row(0)
  }

  /// An error about the weights.
  func mismatch(_ message: String) -> LanguageModelError {
    LanguageModelError(
      .weightMismatch,
      message,
      subject: path,
      remedy: "Check that the configuration and the weights belong to the same model."
    )
  }
}
