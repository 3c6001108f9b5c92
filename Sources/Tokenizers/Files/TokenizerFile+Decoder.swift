extension TokenizerFile {
  func decoder() throws(TokenizerError) -> TokenDecoder? {
    guard let (type, value) = try component("decoder") else { return nil }
    var mark: String?
    let steps = try decodingSteps(type, value, &mark, depth: 0)
    return TokenDecoder(steps, pieceMark: mark)
  }

  private func decodingSteps(
    _ type: String,
    _ value: JSONValue,
    _ mark: inout String?,
    depth: Int
  ) throws(TokenizerError) -> [DecodingStep] {
    switch type {
    case "Sequence":
      var steps: [DecodingStep] = []
      for (type, value) in try sequence("decoders", of: value, depth: depth) {
        steps += try decodingSteps(type, value, &mark, depth: depth + 1)
      }
      return steps
    case "ByteLevel": return [.byteLevel]
    case "ByteFallback": return [.byteFallback]
    case "Fuse": return [.fuse]
    case "Replace":
      mark = value["pattern"]?["String"]?.string ?? mark
      let content = try field("content", of: value, \.string) ?? ""
      return [.replace(try pattern(of: value), with: content)]
    case "Strip":
      return [
        .strip(
          try scalar("content", of: value, or: " "),
          start: try field("start", of: value, \.integer) ?? 0,
          stop: try field("stop", of: value, \.integer) ?? 0
        )
      ]
    case "Metaspace":
      let usual = try field("add_prefix_space", of: value, \.bool) ?? true
      let scheme = try field("prepend_scheme", of: value, \.string)
      return [
        .metaspace(
          try scalar("replacement", of: value, or: "▁"),
          dropsFirst: scheme.map { $0 != "never" } ?? usual
        )
      ]
    case "WordPiece":
      return [
        .wordPiece(
          WordPieceDecoder(
            prefix: try field("prefix", of: value, \.string) ?? "##",
            cleansUp: try field("cleanup", of: value, \.bool) ?? true
          )
        )
      ]
    case "BPEDecoder":
      return [.wordEnd(try field("suffix", of: value, \.string) ?? "</w>")]
    default:
      throw unsupported(
        "the decoder \(type)",
        supported: "ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, WordPiece, "
          + "BPEDecoder, Sequence"
      )
    }
  }

  private func scalar(
    _ key: String,
    of value: JSONValue,
    or usual: Unicode.Scalar
  ) throws(TokenizerError) -> Unicode.Scalar {
    guard let text = try field(key, of: value, \.string) else { return usual }
    guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else {
      throw malformed("The field \(key) of a decoder is not one character.")
    }
    return scalar
  }
}
