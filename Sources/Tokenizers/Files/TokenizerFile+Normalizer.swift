import Foundation

extension TokenizerFile {
  func normalizers() throws(TokenizerError) -> [Normalizer] {
    guard let (type, value) = try component("normalizer") else { return [] }
    return try normalizers(type, value, depth: 0)
  }

  private func normalizers(
    _ type: String,
    _ value: JSONValue,
    depth: Int
  ) throws(TokenizerError) -> [Normalizer] {
    switch type {
    case "Sequence":
      var steps: [Normalizer] = []
      for (type, value) in try sequence("normalizers", of: value, depth: depth) {
        steps += try normalizers(type, value, depth: depth + 1)
      }
      return steps
    case "BertNormalizer":
      let lowercases = try field("lowercase", of: value, \.bool) ?? true
      return [
        .bert(
          BertNormalizer(
            cleansText: try field("clean_text", of: value, \.bool) ?? true,
            spacesIdeographs: try field("handle_chinese_chars", of: value, \.bool) ?? true,
            stripsAccents: try field("strip_accents", of: value, \.bool) ?? lowercases,
            lowercases: lowercases
          )
        )
      ]
    case "NFC": return [.unicode(UnicodeNormalizer(isCompatible: false, composes: true))]
    case "NFD": return [.unicode(UnicodeNormalizer(isCompatible: false, composes: false))]
    case "NFKC": return [.unicode(UnicodeNormalizer(isCompatible: true, composes: true))]
    case "NFKD": return [.unicode(UnicodeNormalizer(isCompatible: true, composes: false))]
    case "Lowercase": return [.lowercase]
    case "StripAccents": return [.stripAccents]
    case "Strip":
      return [
        .strip(
          left: try field("strip_left", of: value, \.bool) ?? true,
          right: try field("strip_right", of: value, \.bool) ?? true
        )
      ]
    case "Prepend":
      return [.prepend(Array((try field("prepend", of: value, \.string) ?? "").utf8))]
    case "Append":
      return [.append(Array((try field("append", of: value, \.string) ?? "").utf8))]
    case "Replace":
      let content = Array((try field("content", of: value, \.string) ?? "").utf8)
      if let text = value["pattern"]?["String"]?.string {
        return [.replaceLiteral(Array(text.utf8), content: content)]
      }
      return [.replace(try pattern(of: value), content: content)]
    case "Precompiled":
      return try precompiled(value)
    default:
      throw unsupported(
        "the normalizer \(type)",
        supported: "BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, Strip, StripAccents, "
          + "Prepend, Append, Replace, Precompiled, Sequence"
      )
    }
  }

  private func precompiled(_ value: JSONValue) throws(TokenizerError) -> [Normalizer] {
    guard let text = try field("precompiled_charsmap", of: value, \.string), !text.isEmpty else {
      return []
    }
    guard let bytes = Data(base64Encoded: text),
      let map = PrecompiledCharacterMap([UInt8](bytes), lookup: .graphemes)
    else { throw malformed("The normalizer Precompiled holds no usable character map.") }
    return [.characterMap(map)]
  }

  /// The entries of a `Sequence`, each with its type.
  func sequence(
    _ key: String,
    of value: JSONValue,
    depth: Int
  ) throws(TokenizerError) -> [(type: String, value: JSONValue)] {
    guard depth < 8, let entries = value[key]?.array else {
      throw malformed("A Sequence has no usable list \(key).")
    }
    var list: [(type: String, value: JSONValue)] = []
    for entry in entries {
      guard let type = entry["type"]?.string else {
        throw malformed("An entry of \(key) has no type.")
      }
      list.append((type, entry))
    }
    return list
  }

  /// The field `pattern`: a text or a regular expression.
  func pattern(of value: JSONValue) throws(TokenizerError) -> SplitPattern {
    do {
      if let text = value["pattern"]?["String"]?.string { return try SplitPattern(literal: text) }
      if let text = value["pattern"]?["Regex"]?.string { return try SplitPattern(text) }
    } catch {
      throw unsupported(
        "a pattern with \(error.message)",
        supported: "the common parts of regular expressions"
      )
    }
    throw malformed("A component has no usable field pattern.")
  }
}
