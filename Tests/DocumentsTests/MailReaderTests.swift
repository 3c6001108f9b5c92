import Documents
import Foundation
import TestSupport
import Testing

@Suite("Mail")
struct MailReaderTests {
  private let mail = """
    From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <j@veldmark.example>
    To: ilse@veldmark.example,
     bob@veldmark.example
    Subject: =?utf-8?B?w5xiZXJmw6Q=?= =?utf-8?B?bGxpZw==?=
    Date: Tue, 5 Mar 2024 14:03:07 +0100
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="b1"

    --b1
    Content-Type: multipart/alternative; boundary=b2

    --b2
    Content-Type: text/plain; charset=utf-8

    Hello Bob,

    Ilse wrote:
    > The gauge is late.
    >
    > Where is it?

    --\u{20}
    Joerg
    --b2
    Content-Type: text/html

    <p>Hello Bob</p>
    --b2--
    --b1
    Content-Type: text/csv; charset=utf-8
    Content-Disposition: attachment; filename*=utf-8''..%2FPr%C3%A4ise.csv
    Content-Transfer-Encoding: base64

    YSxiCjEsMgo=
    --b1
    Content-Type: message/rfc822

    From: carol@veldmark.example
    Subject: Inner

    Inner text.
    --b1--
    """

  @Test("Envelope, text, quotes and signature are blocks with their places")
  func blocks() throws {
    let bytes = Array(mail.utf8)
    let document = try DocumentReader.extract(bytes, path: "a.eml")
    #expect(document.title == "Überfällig")
    #expect(document.metadata["from"] == "Jörg Müller <j@veldmark.example>")
    #expect(document.metadata["date"] == "2024-03-05T14:03:07+01:00")
    #expect(
      blockTexts(document).dropFirst() == [
        "Hello Bob,", "Ilse wrote:", "> The gauge is late.", "> Where is it?", "Joerg",
      ]
    )
    #expect(document.text.hasPrefix("From: Jörg Müller <j@veldmark.example> | To: ilse@"))
    let greeting = try #require(document.blocks.dropFirst().first)
    guard case .bytes(let range) = greeting.origin else {
      Issue.record("not a byte range")
      return
    }
    #expect(String(decoding: bytes[range], as: UTF8.self) == "Hello Bob,")
    checkInvariants(document)
  }

  @Test("Attachments and attached messages are parts with safe names")
  func parts() throws {
    let parts = try DocumentReader.parts(of: Array(mail.utf8), path: "a.eml")
    #expect(parts.map(\.name) == ["_Präise.csv", "Inner.eml"])
    #expect(try parts.first?.read() == Array("a,b\n1,2\n".utf8))
    let inner = try #require(parts.last)
    #expect(try DocumentReader.extract(try inner.read(), path: "a.eml#Inner.eml").title == "Inner")
  }

  @Test("Quoted-printable in another character set is decoded; HTML stands in for missing text")
  func encodings() throws {
    let head = "Subject: x\nContent-Transfer-Encoding: quoted-printable\nContent-Type: "
    let plain = try extract(
      head + "text/plain; charset=koi8-r\n\n=EF=D4=C4=\n=C5=CC",
      as: "q.eml"
    )
    #expect(blockTexts(plain).last == "Отдел")
    #expect(plain.blocks.last?.origin == .elements(part: "body", 1...1))
    let page = try extract(
      head + "text/html\n\n<p>One<br>two</p><table><tr><th>A<th>B<tr><td>1"
        + "<td>2</table>",
      as: "h.eml"
    )
    #expect(blockTexts(page).suffix(2) == ["One\ntwo", "A: 1 | B: 2"])
  }

  @Test("A mailbox is a table of its messages, which are its parts")
  func mailbox() throws {
    let box = """
      From a@x Tue Mar  5 14:03:07 2024
      From: a@x
      Subject: First

      >From here on.

      From b@x Wed Mar  6 14:03:07 2024
      From: b@x
      Subject: Second
      Date: Wed, 6 Mar 2024 14:03:07 GMT

      Two.
      """
    let bytes = Array(box.utf8)
    let document = try DocumentReader.extract(bytes, path: "box.mbox")
    #expect(
      blockTexts(document) == [
        "box | From: a@x | Subject: First",
        "box | Date: 2024-03-06T14:03:07Z | From: b@x | Subject: Second",
      ]
    )
    #expect(document.blocks.last?.origin == .row(table: "box.mbox", key: "2"))
    let parts = try DocumentReader.parts(of: bytes, path: "box.mbox")
    #expect(parts.map(\.name) == ["1.eml", "2.eml"])
    let first = try DocumentReader.extract(try #require(parts.first).read(), path: "b#1.eml")
    #expect(blockTexts(first).last == "From here on.")
    #expect(try extract("From here on it is a text.\n", as: "t.txt").mediaType == "text/plain")
  }

  @Test("Parts nested without end and a file without headers are refused or cut")
  func hostile() throws {
    var deep = ""
    for level in 0..<2000 {
      deep += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
    }
    _ = try DocumentReader.extract(Array(("Subject: deep\n" + deep).utf8), path: "d.eml")
    let error = #expect(throws: DocumentError.self) { try extract("no mail at all", as: "n.eml") }
    #expect(error?.code == .malformed)
  }
}
