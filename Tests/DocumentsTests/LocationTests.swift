import Documents
import Foundation
import TestSupport
import Testing

@Suite("Locations and addresses")
struct LocationTests {
  @Test("Addresses read as in the design")
  func examples() {
    let text = Location(characters: 120..<240, origin: .bytes(0..<9))
    #expect(
      DocumentURL(source: "notes", path: "a b/c.md", location: text).description
        == "attune://notes/a%20b/c.md#chars=120-240"
    )
    let row = Location(characters: 0..<9, origin: .row(table: "orders", key: "10248"))
    #expect(
      DocumentURL(source: "shop", path: "db/x.sqlite#orders", location: row, column: "Freight")
        .description == "attune://shop/db/x.sqlite%23orders#row=10248&column=Freight"
    )
    let value = Location(characters: 0..<9, origin: .pointer("/a/b"))
    #expect(
      DocumentURL(source: "s", path: "x.json", location: value).description
        == "attune://s/x.json#pointer=/a/b"
    )
  }

  @Test("An address that was written is read as it was")
  func roundTrip() throws {
    var random = SplitMix64(seed: 3)
    let signs = Array("ab/#&=%?-. ,ü漢\n\u{1B}\"\\0".unicodeScalars)
    func text() -> String {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text.unicodeScalars.append(signs[Int.random(in: 0..<signs.count, using: &random)])
      }
      return text
    }
    for _ in 0..<2000 {
      let place: DocumentURL.Place =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .whole
        case 1: .characters(Int.random(in: 0...50, using: &random)..<60)
        case 2: .row(key: text(), column: Bool.random(using: &random) ? text() : nil)
        default: .pointer(text())
        }
      let url = DocumentURL(source: text(), path: text(), place: place)
      #expect(DocumentURL(url.description) == url)
      #expect(url.description.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
    let url = DocumentURL(source: "a", path: "b", place: .row(key: "1", column: nil))
    let coded = try JSONDecoder().decode(DocumentURL.self, from: JSONEncoder().encode(url))
    #expect(coded == url)
  }

  @Test(
    "What is no address is refused",
    arguments: [
      "", "http://a/b", "attune://", "attune://a", "attune://a/b#", "attune://a/b#chars=5-3",
      "attune://a/b#chars=x-3", "attune://a/%zz", "attune://a/%ff", "attune://a/b#chars=1",
      "attune://a/b#line=4",
    ]
  )
  func refused(_ text: String) {
    #expect(DocumentURL(text) == nil)
  }

  @Test("Every passage's address leads back to its text")
  func resolving() throws {
    var random = SplitMix64(seed: 21)
    for document in try RandomDocuments.all(using: &random) {
      let resolver = LocationResolver(document)
      let chunker = Chunker(maximumTokens: 256, countTokens: countTestTokens)
      for passage in chunker.passages(of: document) {
        #expect(resolver.text(at: passage.location) == passage.text)
        let url = DocumentURL(source: "s", path: "p", location: passage.location)
        let found = try #require(resolver.location(of: url))
        #expect(found.characters.contains(passage.location.characters))
      }
    }
  }

  @Test("Rows and columns are found; places that are not there are not")
  func rows() throws {
    let document = try extract("id,port\n7,Lorneby\n8,Fennwick\n", as: "ports.csv")
    let resolver = LocationResolver(document)
    func text(_ place: DocumentURL.Place) -> String? {
      resolver.location(of: DocumentURL(source: "s", path: "p", place: place))
        .flatMap { resolver.text(at: $0) }
    }
    #expect(text(.row(key: "2", column: "port")) == "Fennwick")
    #expect(text(.row(key: "2", column: nil)) == "ports | id: 8 | port: Fennwick")
    #expect(text(.row(key: "3", column: nil)) == nil)
    #expect(text(.row(key: "2", column: "price")) == nil)
    #expect(text(.characters(0..<5)) == "ports")
    #expect(text(.characters(0..<5000)) == nil)
    #expect(text(.pointer("/0")) == nil)
    #expect(text(.whole) == document.text)
  }

  @Test("Cutting by scalar offsets agrees with Swift's own counting")
  func indexedText() {
    var random = SplitMix64(seed: 8)
    for _ in 0..<50 {
      let text = RandomDocuments.words(&random, upTo: 60)
      let scalars = Array(text.unicodeScalars)
      let indexed = IndexedText(text)
      #expect(indexed.count == scalars.count)
      for _ in 0..<20 {
        let lower = Int.random(in: 0...scalars.count, using: &random)
        let upper = Int.random(in: lower...scalars.count, using: &random)
        var expected = ""
        expected.unicodeScalars.append(contentsOf: scalars[lower..<upper])
        #expect(indexed.slice(lower..<upper) == expected)
      }
    }
  }
}
