import Foundation

/// Finds and reads the files of a tokenizer.
enum TokenizerFolder {
  /// The largest file that is read, in bytes.
  private static let largestFile = 256 << 20

  /// The file to read: the one named, or the first of a folder that is there.
  static func file(at url: URL) throws(TokenizerError) -> URL {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw TokenizerError(
        .missingFile,
        "There is no such file or folder.",
        subject: url.path,
        remedy: "Name the folder that holds the files of the model."
      )
    }
    guard isFolder.boolValue else { return url }
    for name in ["tokenizer.json", "vocab.txt", "vocab.json", "tokenizer.model"] {
      let file = url.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: file.path) { return file }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    if let name = names.filter({ $0.hasSuffix(".tiktoken") }).min() {
      return url.appendingPathComponent(name)
    }
    throw TokenizerError(
      .missingFile,
      "The folder holds none of tokenizer.json, vocab.txt, vocab.json, tokenizer.model and "
        + "*.tiktoken.",
      subject: url.path,
      remedy: "Name the folder that holds the files of the model."
    )
  }

  /// What `tokenizer_config.json` in the same folder says.
  static func settings(beside file: URL) throws(TokenizerError) -> TokenizerSettings {
    let url = file.deletingLastPathComponent().appendingPathComponent("tokenizer_config.json")
    guard FileManager.default.fileExists(atPath: url.path) else {
      return TokenizerSettings(.object([]))
    }
    return TokenizerSettings(try TokenizerFile(read(url), name: url.path).root)
  }

  static func read(_ file: URL) throws(TokenizerError) -> [UInt8] {
    do {
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      if size <= largestFile { return [UInt8](try Data(contentsOf: file)) }
    } catch {
      throw TokenizerError(
        .unreadableFile,
        "The file cannot be read.",
        subject: file.path,
        cause: error.localizedDescription,
        remedy: "Check that it is a file you may read."
      )
    }
    throw TokenizerError(
      .malformedFile,
      "The file is larger than any tokenizer.",
      subject: file.path,
      remedy: "Get the model again."
    )
  }
}
