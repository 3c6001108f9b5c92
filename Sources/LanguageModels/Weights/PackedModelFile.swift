import Foundation
import Kernels

/// A packed model file, mapped into memory and checked: quantised matrices are used where they lie.
struct PackedModelFile: DecoderParameters {
  let header: PackedModelHeader
  private let file: MappedFile
  private let kernels: KernelSet
  private let pool: WorkerPool
  private let places: [String: Place]

  private struct Place: Sendable {
    let form: PackedModelHeader.Form
    let bytes: Range<Int>
  }

  /// The ending of the name of such a file.
  static let pathExtension = "attune"
  /// The name of such a file in a model folder.
  static let fileName = "model.attune"

  var path: String { file.path }

  /// Opens a file and checks that each weight lies inside it and has the size that the configuration
  /// asks for.
  ///
  /// - Throws: `LanguageModelError` if the file is absent, unreadable, damaged or of another version.
  init(_ url: URL, kernels: KernelSet, pool: WorkerPool) throws(LanguageModelError) {
    let file = try MappedFile(url)
    self.file = file
    self.kernels = kernels
    self.pool = pool
    let magic = PackedModelHeader.magic
    guard file.bytes.count >= magic.count + 8, file.bytes.starts(with: magic) else {
      throw Self.malformed("It does not begin as such a file does.", file.path)
    }
    let stated = UInt64(
      littleEndian: file.bytes.loadUnaligned(fromByteOffset: magic.count, as: UInt64.self)
    )
    guard stated <= UInt64(PackedModelHeader.longest),
      let length = Int(exactly: stated), length <= file.bytes.count - magic.count - 8
    else {
      throw Self.malformed("Its header is said to have \(stated) bytes.", file.path)
    }
    let text = file.bytes[magic.count + 8..<magic.count + 8 + length]
    header = try Self.decode(Data(text), file.path)
    guard header.version == PackedModelHeader.currentVersion else {
      throw LanguageModelError(
        .unsupportedModel,
        "The packed model is of version \(header.version), this program makes and reads version "
          + "\(PackedModelHeader.currentVersion).",
        subject: file.path,
        remedy: "Import the model again."
      )
    }
    try header.configuration.check(file.path)
    places = try Self.places(
      header,
      start: PackedModelHeader.start(headerLength: length),
      fileSize: file.bytes.count,
      file.path
    )
  }

  /// What the model takes with a context of some length.
  func memoryEstimate(context: Int) -> MemoryEstimate {
    MemoryEstimate(
      header.configuration,
      weightBytes: places.values.reduce(0) { $0 + $1.bytes.count },
      context: context,
      cache: CausalDecoder.cachePrecision(for: header.precision)
    )
  }

  func matrix(_ tensor: DecoderTensor) throws(LanguageModelError) -> DecoderMatrix {
    guard case .matrix(let inputs, let outputs) = tensor.shape(header.configuration) else {
      throw Self.malformed("\(tensor.name) is no matrix.", path)
    }
    let (bytes, form) = try bytes(of: tensor)
    do {
      guard let format = form.format else {
        return .float(
          try PackedMatrix(blocks: [bytes], inputs: inputs, using: kernels, pool: pool)
        )
      }
      return .quantized(
        try QuantizedMatrix(
          packed: bytes,
          inputs: inputs,
          outputs: outputs,
          format: format,
          owner: file
        )
      )
    } catch {
      throw LanguageModelError(error, subject: "\(path): \(tensor.name)")
    }
  }

  func vector(_ tensor: DecoderTensor) throws(LanguageModelError) -> [Float] {
    let (bytes, _) = try bytes(of: tensor)
    let values = Matrix(rows: 1, columns: bytes.count / 4)
    values.withRow(0) { TensorConversion.convert(bytes, of: .float32, into: $0) }
    return values.row(0)
  }

  func embeddings(sharedWith output: DecoderMatrix?) throws(LanguageModelError) -> EmbeddingRows {
    if case .quantized(let matrix)? = output { return .quantized(matrix) }
    let (bytes, form) = try bytes(of: .embedding)
    guard form.format == nil else {
      if case .quantized(let matrix) = try matrix(.embedding) { return .quantized(matrix) }
      throw Self.malformed("The embeddings cannot be read.", path)
    }
    return .mapped(MappedRows(bytes, columns: header.configuration.hiddenSize, owner: file))
  }

  private func bytes(
    of tensor: DecoderTensor
  ) throws(LanguageModelError) -> (UnsafeRawBufferPointer, PackedModelHeader.Form) {
    guard let place = places[tensor.name] else {
      throw Self.malformed("The weight \"\(tensor.name)\" is missing.", path)
    }
    return (UnsafeRawBufferPointer(rebasing: file.bytes[place.bytes]), place.form)
  }

  private static func decode(
    _ text: Data,
    _ path: String
  ) throws(LanguageModelError) -> PackedModelHeader {
    do {
      return try JSONDecoder().decode(PackedModelHeader.self, from: text)
    } catch {
      throw malformed("Its header cannot be understood.", path, cause: SettingsFile.reason(error))
    }
  }

  private static func places(
    _ header: PackedModelHeader,
    start: Int,
    fileSize: Int,
    _ path: String
  ) throws(LanguageModelError) -> [String: Place] {
    let room = max(0, fileSize - start)
    let tensors = DecoderTensor.all(header.configuration)
    guard tensors.count == header.weights.count else {
      throw malformed("It has \(header.weights.count) weights in place of \(tensors.count).", path)
    }
    var places: [String: Place] = [:]
    var end = 0
    for (tensor, entry) in zip(tensors, header.weights) {
      let isVector: Bool
      if case .vector = tensor.shape(header.configuration) {
        isVector = true
      } else {
        isVector = false
      }
      guard entry.name == tensor.name, !isVector || entry.form == .float32,
        entry.byteCount
          == (try PackedModelHeader.byteCount(tensor, entry.form, header.configuration)),
        entry.offset >= end, entry.offset % PackedModelHeader.alignment == 0,
        entry.offset <= room, entry.byteCount <= room - entry.offset
      else {
        throw malformed("The weight \"\(tensor.name)\" is not where it should be.", path)
      }
      end = entry.offset + entry.byteCount
      places[tensor.name] = Place(
        form: entry.form,
        bytes: start + entry.offset..<start + end
      )
    }
    return places
  }

  private static func malformed(
    _ message: String,
    _ path: String,
    cause: String? = nil
  ) -> LanguageModelError {
    LanguageModelError(
      .malformedWeights,
      "The packed model is damaged. " + message,
      subject: path,
      cause: cause,
      remedy: "Import the model again."
    )
  }
}
