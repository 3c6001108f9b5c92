import Foundation
import TestSupport
import Testing

/// A sync that stays brings in what changes while it runs.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct WatchTests {
  @Test("a file that is written while it watches can be found soon after")
  func watch() throws {
    let workspace = try TestWorkspace(files: ["a.md": "The anchor weighs ninety kilograms.\n"])
    let child = try workspace.start("sync", "--watch", "--interval", "0.2", "--json")
    try workspace.write("The buoy is painted yellow.\n", to: "b.md")
    var found = false
    for _ in 0..<100 where !found {
      found = try workspace.found(["yellow buoy"])[0].contains { $0.hasPrefix("b.md") }
    }
    #expect(found)
    #expect(child.isRunning)
    child.kill9()
    _ = try child.wait()
    try workspace.expectSound()
  }
}
