import Documents
import Foundation
import Testing

@Suite("Languages and old encodings")
struct LanguageTests {
  @Test(
    "The language is told by script and small words",
    arguments: [
      ("The meeting is in the room that we have booked for all of the teams.", "en"),
      ("Die Sitzung ist in dem Raum, den wir für alle gebucht haben.", "de"),
      ("La réunion est dans la salle que nous avons réservée pour les équipes.", "fr"),
      ("Het overleg is in de zaal die wij voor alle teams hebben geboekt.", "nl"),
      ("Встреча состоится в зале, который мы заказали для всех отделов.", "ru"),
      ("会議は明日の朝、東京の本社で始まります。", "ja"), ("我们明天在北京的办公室开会，请准时参加。", "zh"),
      ("회의는 내일 오전에 서울 본사에서 시작합니다.", "ko"), ("Η συνάντηση θα γίνει αύριο το πρωί.", "el"),
    ]
  )
  func languages(_ text: String, _ tag: String) throws {
    #expect(LanguageDetector.language(of: text) == tag)
    #expect(try extract(text, as: "a.txt").metadata["language"] == tag)
  }

  @Test(
    "Where nothing is sure, nothing is said",
    arguments: ["", "OK", "TW-410 4120 X9", "Foo bar"]
  )
  func unsure(_ text: String) { #expect(LanguageDetector.language(of: text) == nil) }

  @Test(
    "Old encodings are recognised, named, and lead back to their bytes",
    arguments: [
      (
        [0x93, 0x8C, 0x8B, 0x9E, 0x82, 0xCD, 0x93, 0xFA, 0x96, 0x7B, 0x0A, 0x0A, 0x82, 0xA0]
          as [UInt8],
        "東京は日本", "Shift-JIS"
      ),
      (
        [0xC5, 0xEC, 0xB5, 0xFE, 0xA4, 0xCF, 0xC6, 0xFC, 0xCB, 0xDC, 0x0A, 0x0A, 0xA4, 0xA2],
        "東京は日本",
        "EUC-JP"
      ),
      (
        [0xCE, 0xD2, 0xC3, 0xC7, 0xCA, 0xC7, 0xD6, 0xD0, 0xB9, 0xFA, 0x0A, 0x0A, 0xB5, 0xC4],
        "我们是中国",
        "GB18030"
      ),
      (
        [0xEF, 0xD4, 0xC4, 0xC5, 0xCC, 0x20, 0xCB, 0xC1, 0xC4, 0xD2, 0x0A, 0x0A, 0xC4, 0xC1],
        "Отдел кадр", "KOI8-R"
      ),
      (
        [0xCE, 0xF2, 0xE4, 0xE5, 0xEB, 0x20, 0xEA, 0xE0, 0xE4, 0xF0, 0x0A, 0x0A, 0xE4, 0xE0],
        "Отдел кадр", "Windows-1251"
      ),
    ]
  )
  func encodings(_ bytes: [UInt8], _ words: String, _ name: String) throws {
    let document = try DocumentReader.extract(bytes, path: "a.txt")
    #expect(blockTexts(document).first == words)
    #expect(document.blocks.map(\.origin) == [.bytes(0..<10), .bytes(12..<14)])
    #expect(document.warnings.contains { $0.contains(name) })
  }
}
