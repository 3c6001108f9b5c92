import Documents
import Foundation
import TestSupport
import Testing

/// Places in real documents of all formats; skipped where the public data are absent.
@Suite(.enabled(if: SharedData.holds("documents"), "needs the shared data"))
struct SharedLocationTests {
  private struct Place {
    var path: String
    var title: String
    var passage: Passage
  }

  /// A word is a token: no model is needed to cut.
  private static let chunker = Chunker(maximumTokens: 250) { text in
    text.split(separator: " ").count
  }

  private func collect(
    _ content: SourceContent,
    path: String,
    into places: inout [Place]
  ) throws {
    let document = try content.extract()
    for passage in Self.chunker.passages(of: document) {
      places.append(Place(path: path, title: document.title, passage: passage))
    }
    for part in try content.parts() {
      guard let inner = try? part.content() else { continue }
      try? collect(inner, path: path + "#" + part.name, into: &places)
    }
  }

  @Test(
    "Reading a document again at a passage's place yields the passage, by location and by address",
    .timeLimit(.minutes(5))
  )
  func places() throws {
    let source = FolderSource(root: try SharedData.url("documents").path)
    var places: [Place] = []
    for item in try source.list().items {
      guard let content = try? source.read(item) else { continue }
      try? collect(content, path: item.path, into: &places)
    }
    var random = SplitMix64(seed: 7)
    places.shuffle(using: &random)
    let sample = Dictionary(grouping: places.prefix(2000), by: \.path)
    let formats = Set(sample.keys.compactMap { $0.split(separator: ".").last })
    #expect(places.count > 4000 && formats.count >= 10, "\(places.count) in \(formats.sorted())")
    for (path, places) in sample {
      // A part is found by its path alone, as a citation finds it.
      let again = try source.read(SourceItem(path: path, fingerprint: "")).extract()
      let resolver = LocationResolver(again)
      for place in places {
        let location = place.passage.location
        #expect(resolver.text(at: location) == place.passage.text, "\(path)")
        let url = DocumentURL(source: "docs", path: path, location: location)
        let parsed = try #require(DocumentURL(url.description), "\(url)")
        #expect(parsed == url)
        let found = try #require(resolver.location(of: parsed), "\(url)")
        // A row's address names the row, which its passage may be a part of.
        let text = try #require(resolver.text(at: found))
        #expect(text.contains(place.passage.text), "\(url)")
      }
    }
  }
}
