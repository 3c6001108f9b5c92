import Foundation
import TestSupport
import Testing

/// A document in a language that the embedder was not made for is taken in, and the user is told.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct LanguageTests {
  @Test("German among English: one warning that names the language, and the words find it")
  func warning() throws {
    let workspace = try TestWorkspace()
    try workspace.write(
      "The harbor is open on every day of the week, and the crew is paid at the end of the month.\n",
      to: "en.txt"
    )
    try workspace.write(
      """
      Der Hafen ist an jedem Tag der Woche geöffnet, und die Mannschaft wird am Ende des Monats bezahlt.
      Wer nicht pünktlich ist, der muss mit dem nächsten Schiff fahren, das erst am Abend kommt.
      """,
      to: "de.txt"
    )
    let run = try workspace.run("add", "--json", workspace.data.path)
    #expect(run.status == 0, "\(run)")
    let warnings = run.json["sources"][0]["warnings"].strings
    #expect(warnings.count == 1 && warnings.first?.contains("1 in de") == true, "\(warnings)")
    #expect(try workspace.found(["Mannschaft"])[0].first?.hasPrefix("de.txt") == true)
  }
}
