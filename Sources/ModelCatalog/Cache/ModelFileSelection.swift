import Foundation

/// Which files of a model's folder, or of a repository, are taken along. Nothing else is: above all
/// no pickle files, which can run programs when they are read.
struct ModelFileSelection {
  static let weights = "model.safetensors"
  static let shardIndex = "model.safetensors.index.json"

  /// The files of the folder itself, without the weights.
  private static let settings = [
    "config.json", "generation_config.json", "tokenizer.json", "tokenizer.model",
    "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
    "merges.txt", "vocab.txt", "chat_template.jinja", "chat_template.json", "modules.json",
    "sentence_bert_config.json", "config_sentence_transformers.json",
  ]
  /// The files of a folder such as `1_Pooling`.
  private static let moduleFiles = ["config.json", "model.safetensors"]

  /// What is taken besides the weights.
  let small: [String]
  /// Whether the weights stand in shards, which an index lists.
  let isSharded: Bool

  /// What a folder needs and lacks.
  struct Missing: Error {
    let names: [String]
  }

  /// Chooses from paths.
  ///
  /// - Throws: ``Missing`` if they make up no model.
  init(from paths: Set<String>) throws(Missing) {
    let ranksFile = paths.filter { $0.hasSuffix(".tiktoken") && !$0.contains("/") }.min()
    let modules = paths.filter(Self.isModuleFile)
    // Where both are there, the single file is the one that other programs read.
    isSharded = !paths.contains(Self.weights) && paths.contains(Self.shardIndex)
    var small = Self.settings.filter(paths.contains) + [ranksFile].compactMap(\.self) + modules
    if isSharded { small.append(Self.shardIndex) }
    self.small = small.filter(SafePath.isRelative).sorted()

    var missing: [String] = []
    if !paths.contains("config.json") { missing.append("config.json") }
    if !isSharded && !paths.contains(Self.weights) { missing.append(Self.weights) }
    let hasTokenizer =
      ranksFile != nil
      || paths.contains { ["tokenizer.json", "tokenizer.model", "vocab.txt"].contains($0) }
      || (paths.contains("vocab.json") && paths.contains("merges.txt"))
    if !hasTokenizer { missing.append("tokenizer.json, tokenizer.model or vocab.txt") }
    guard missing.isEmpty else { throw Missing(names: missing) }
  }

  /// The paths in a folder on this machine.
  static func paths(in folder: URL) -> Set<String> {
    let files = FileManager.default
    var paths: Set<String> = []
    for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
      if isModuleFolder(name) {
        paths.formUnion(moduleFiles.map { "\(name)/\($0)" })
      } else {
        paths.insert(name)
      }
    }
    return paths.filter { FileDigest.size(of: folder.appendingPathComponent($0)) != nil }
  }

  private static func isModuleFile(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.count == 2 && isModuleFolder(parts[0]) && moduleFiles.contains(parts[1])
  }

  /// `1_Pooling`, `2_Normalize` and the like.
  private static func isModuleFolder(_ name: String) -> Bool {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && name.dropFirst(digits.count).hasPrefix("_")
      && SafePath.isModelName(name)
  }
}
