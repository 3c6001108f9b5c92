public import Foundation

/// Reads what a folder of public question sets holds: what may be trained on, and what is kept for
/// measuring. Sets that are not there are passed over.
public struct ReadingFolder: Sendable {
  private let root: URL

  /// - Parameter root: The folder with `qed`, `multihop`, `xquad`, `clapnq` and others below it.
  public init(_ root: URL) { self.root = root }

  /// QED's training files, HotpotQA and MuSiQue, questions and paragraphs.
  ///
  /// - Throws: ``DatasetError`` where a file cannot be read or an item is malformed.
  public func training() throws -> ReadingSource {
    let qed = try files("qed/first-release").filter { $0.lastPathComponent.hasPrefix("nq-train-") }
    var source = try QEDReader.read(qed)
    if let hotpot = present("multihop/hotpotqa_train.json") {
      let corpus = present("multihop/hotpotqa_train_corpus.json")
      source = try source + MultihopReader.readHotpot(hotpot, corpus: corpus)
    }
    if let musique = present("multihop/musique_train.json") {
      let corpus = present("multihop/musique_train_corpus.json")
      source = try source + MultihopReader.readMuSiQue(musique, corpus: corpus)
    }
    return source
  }

  /// The passages that are for measuring only: XQuAD in English, CLAPnq and QED's development files.
  ///
  /// - Throws: ``DatasetError`` where a file cannot be read or an item is malformed.
  public func measured() throws -> [String] {
    var passages: [String] = []
    if let xquad = present("xquad/xquad.en.json") {
      for article in try JSONLines.value(xquad)["data"]?.array ?? [] {
        for paragraph in article["paragraphs"]?.array ?? [] {
          if let text = paragraph["context"]?.string { passages.append(text) }
        }
      }
    }
    for file in try files("clapnq/annotated_data/dev") where file.pathExtension == "jsonl" {
      passages += try JSONLines.read(file) { value throws(ItemFault) in
        (value["passages"]?.array ?? []).compactMap { $0["text"]?.string }
      }.joined()
    }
    let development = try files("qed/first-release").filter {
      $0.lastPathComponent.hasPrefix("nq-dev-")
    }
    for file in development + [present("qed/qed-dev.jsonlines")].compactMap(\.self) {
      passages += try JSONLines.read(file) { value throws(ItemFault) in
        value["paragraph_text"]?.string ?? ""
      }
    }
    return passages
  }

  private func present(_ path: String) -> URL? {
    let url = root.appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// The files of a folder by name; none where it is not there.
  private func files(_ path: String) throws -> [URL] {
    guard let folder = present(path) else { return [] }
    do {
      return try FileManager.default
        .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    } catch {
      throw DatasetError(
        .unreadable,
        "The folder cannot be read.",
        subject: folder.path,
        cause: error.localizedDescription,
        remedy: "Check that it may be read."
      )
    }
  }
}
