public import Foundation

extension KnownModel.Role {
  /// Tells what a model is for from its files, without reading its weights.
  ///
  /// `modules.json` marks a sentence-transformers embedder; else the class that `architectures` of
  /// `config.json` names decides, else `model_type`. A GGUF file states its architecture. Nil where the
  /// files do not tell.
  ///
  /// - Parameter url: a model's folder, or a `.gguf` file.
  public init?(ofModelAt url: URL) {
    if url.pathExtension.lowercased() == "gguf" {
      guard let role = (try? GGUFHead(url))?.role else { return nil }
      self = role
      return
    }
    if FileDigest.size(of: url.appendingPathComponent("modules.json")) != nil {
      self = .embedder
      return
    }
    let file = url.appendingPathComponent("config.json")
    if let configuration = try? ModelConfiguration(file) {
      guard let role = configuration.role else { return nil }
      self = role
      return
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    let files = names.filter { $0.lowercased().hasSuffix(".gguf") }
    guard files.count == 1, let file = files.first,
      let role = KnownModel.Role(ofModelAt: url.appendingPathComponent(file))
    else { return nil }
    self = role
  }
}
