import Foundation
import TestSupport
import Testing

/// A mail with an attachment: both are read, found and cited, each under its own address.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct MailTests {
  private func mail(terms: String) -> String {
    """
    From: Ada Lind <ada@example.org>
    To: Bo Rask <bo@example.org>
    Date: Mon, 3 Mar 2025 09:30:00 +0100
    Subject: Offer for the lighthouse lamp
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="cut"

    --cut
    Content-Type: text/plain; charset=utf-8

    Dear Bo,

    our lamp shines 22 nautical miles.
    --cut
    Content-Type: text/markdown; charset=utf-8
    Content-Disposition: attachment; filename="terms.md"

    # Terms

    \(terms)
    --cut--

    """.replacingOccurrences(of: "\n", with: "\r\n")
  }

  @Test("the mail and what is attached are documents of their own")
  func attachment() throws {
    let workspace = try TestWorkspace()
    try workspace.write(mail(terms: "The lamp is paid within 45 days."), to: "offer.eml")
    try workspace.add()
    let search = try workspace.run("search", "--json", "When is the lamp paid?")
    let first = search.json["results"][0]
    #expect(first["document"].string == "offer.eml#terms.md", "\(search)")
    #expect(first["url"].string?.contains("offer.eml%23terms.md#chars=") == true, "\(search)")
    let body = try workspace.run("search", "--json", "how far does the lamp shine")
    #expect(body.json["results"][0]["document"].string == "offer.eml", "\(body)")

    try workspace.write(mail(terms: "The lamp is paid within 60 days."), to: "offer.eml")
    let (run, report) = try workspace.syncReport()
    #expect(run.status == 0 && report["changed"].int == 2, "\(run)")
    let found = try workspace.found(["When is the lamp paid?"]).joined().joined()
    #expect(found.contains("60 days") && !found.contains("45 days"))
    try workspace.delete("offer.eml")
    #expect(try workspace.syncReport().report["removed"].int == 2)
    try workspace.expectSound()
  }

  @Test("attune read shows both, with the place of every block")
  func read() throws {
    let workspace = try TestWorkspace()
    let file = try workspace.write(mail(terms: "The lamp is paid soon."), to: "offer.eml")
    let run = try workspace.run("read", "--json", file.path)
    #expect(run.status == 0, "\(run)")
    #expect(run.json["title"].string == "Offer for the lighthouse lamp")
    #expect(run.json["text"].string?.contains("22 nautical miles") == true)
    let part = run.json["parts"][0]
    #expect(part["path"].string == "offer.eml#terms.md" && part["title"].string == "Terms")
    #expect(part["blocks"].array.allSatisfy { $0["location"]["start"].int != nil })
    let missing = try workspace.run("read", "nothing.txt")
    #expect(missing.status == 1 && missing.errors.contains("nothing.txt"), "\(missing)")
  }
}
