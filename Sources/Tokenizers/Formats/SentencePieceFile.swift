/// Reads a SentencePiece `tokenizer.model`.
///
/// Source: `sentencepiece_model.proto` of https://github.com/google/sentencepiece.
enum SentencePieceFile {
  static func read(
    _ bytes: [UInt8],
    subject: String
  ) throws(TokenizerError) -> SentencePieceVocabulary {
    do {
      return try vocabulary(bytes)
    } catch {
      throw TokenizerError(
        .malformedFile,
        "The file is no SentencePiece model, or it is damaged.",
        subject: subject,
        remedy: "Get the model again."
      )
    }
  }

  private static func vocabulary(
    _ bytes: [UInt8]
  ) throws(ProtobufReader.Failure) -> SentencePieceVocabulary {
    var vocabulary = SentencePieceVocabulary()
    vocabulary.removesExtraBlanks = true
    // The defaults that the file leaves out.
    (vocabulary.unknownID, vocabulary.beginningID, vocabulary.endID) = (0, 1, 2)
    var modelType = 1
    var reader = ProtobufReader(bytes, bytes.indices)
    while let field = try reader.next() {
      guard case .bytes(let range) = field.value else { continue }
      switch field.number {
      case 1: vocabulary.pieces.append(try piece(bytes, range))
      case 2: try readTrainer(bytes, range, into: &vocabulary, &modelType)
      case 3: try readNormalizer(bytes, range, into: &vocabulary)
      default: break
      }
    }
    guard !vocabulary.pieces.isEmpty, modelType == 1 || modelType == 2 else {
      throw ProtobufReader.Failure()
    }
    vocabulary.isUnigram = modelType == 1
    let count = vocabulary.pieces.count
    for path in [\SentencePieceVocabulary.unknownID, \.beginningID, \.endID, \.paddingID] {
      // A negative number says that there is no such token.
      if let id = vocabulary[keyPath: path], id < 0 || id >= count {
        vocabulary[keyPath: path] = nil
      }
    }
    return vocabulary
  }

  private static func piece(
    _ bytes: [UInt8],
    _ range: Range<Int>
  ) throws(ProtobufReader.Failure) -> SentencePieceVocabulary.Piece {
    var piece = SentencePieceVocabulary.Piece(text: "", score: 0, kind: .normal)
    var reader = ProtobufReader(bytes, range)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let range)):
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
          throw ProtobufReader.Failure()
        }
        piece.text = text
      case (2, .word(let bits)): piece.score = Float(bitPattern: bits)
      case (3, .number(let value)):
        guard let kind = Int(exactly: value).flatMap(SentencePieceVocabulary.Kind.init) else {
          throw ProtobufReader.Failure()
        }
        piece.kind = kind
      default: break
      }
    }
    return piece
  }

  private static func readTrainer(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    into vocabulary: inout SentencePieceVocabulary,
    _ modelType: inout Int
  ) throws(ProtobufReader.Failure) {
    var reader = ProtobufReader(bytes, range)
    while let field = try reader.next() {
      guard case .number(let value) = field.value else { continue }
      // Negative numbers are written as 64 bits.
      let number = Int(truncatingIfNeeded: value)
      switch field.number {
      case 3: modelType = number
      case 40: vocabulary.unknownID = number
      case 41: vocabulary.beginningID = number
      case 42: vocabulary.endID = number
      case 43: vocabulary.paddingID = number
      default: break
      }
    }
  }

  private static func readNormalizer(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    into vocabulary: inout SentencePieceVocabulary
  ) throws(ProtobufReader.Failure) {
    var reader = ProtobufReader(bytes, range)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (2, .bytes(let range)): vocabulary.characterMap = Array(bytes[range])
      case (3, .number(let value)): vocabulary.addsPrefix = value != 0
      case (4, .number(let value)): vocabulary.removesExtraBlanks = value != 0
      default: break
      }
    }
  }
}
