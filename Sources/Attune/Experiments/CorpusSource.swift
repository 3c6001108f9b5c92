import Documents
import Evaluation
import Foundation

/// The corpus of an evaluation set as a source: each entry is a document of its own.
struct CorpusSource: DocumentSource {
  private let entries: [String: BEIRDataset.Document]

  init(_ corpus: [BEIRDataset.Document]) {
    entries = Dictionary(corpus.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func list() throws -> SourceListing {
    SourceListing(
      items: entries.keys.sorted().map { SourceItem(path: $0, fingerprint: "fixed") }
    )
  }

  func read(_ item: SourceItem) throws -> SourceContent {
    guard let entry = entries[item.path] else {
      throw DocumentError(
        .notFound,
        "The corpus has no such entry.",
        subject: item.path,
        remedy: "Sync again."
      )
    }
    return SourceContent(hash: item.path) {
      var document = try DocumentReader.extract(Array(entry.text.utf8), path: item.path + ".txt")
      document.title = entry.title
      return document
    }
  }
}
