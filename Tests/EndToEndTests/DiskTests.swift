import Foundation
import TestSupport
import Testing

/// A disk that is full: a clear end, nothing half-written, and on it goes once there is room.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct DiskTests {
  /// Whether a small file system can be mounted where nobody else sees it.
  private static let canMount: Bool = {
    let script = "mount -t tmpfs -o size=64k tmpfs /mnt"
    let directory = FileManager.default.temporaryDirectory
    return (try? ChildProcess(["unshare", "-m", "sh", "-c", script], in: directory).wait().status)
      == 0
  }()

  private func fill(_ workspace: TestWorkspace) throws {
    for index in 0..<40 {
      // One word of 20,000 letters: much to write and little to embed.
      let word = String(repeating: "x", count: 20_000)
      try workspace.write("Crate \(index) holds slate. \(word)\n", to: "big/crate-\(index).txt")
    }
  }

  @Test(
    "a sync onto a full disk says so, keeps the store sound, and ends well once there is room",
    .enabled(if: canMount, "needs root to mount a small file system")
  )
  func fullDisk() throws {
    let workspace = try TestWorkspace()
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "small/a.txt")
    try fill(workspace)
    let script = """
      set -u
      mount -t tmpfs -o size=1100k tmpfs "$1"; cd "$1"
      "$2" init >/dev/null
      "$2" add "$3/small" >&2; echo "small $?"
      "$2" add "$3/big" >&2; echo "big $?"
      "$2" search anchor --json > /dev/null; echo "search $?"
      "$2" doctor --json | tr -d '\\n'; echo
      mount -o remount,size=64m "$1"
      "$2" sync >&2; echo "sync $?"
      "$2" sources --json; "$2" doctor --json
      """
    let run = try ChildProcess(
      [
        "unshare", "-m", "sh", "-c", script, "sh", workspace.root.path, try AttuneProgram.path(),
        workspace.data.path,
      ],
      in: workspace.directory.url
    ).wait()
    let lines = run.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 7, "\(run)")
    #expect(lines[0] == "small 0" && lines[1] == "big 3", "\(run)")
    #expect(run.errors.lowercased().contains("disk") && run.errors.contains("remedy:"), "\(run)")
    #expect(lines[2] == "search 0" && lines[4] == "sync 0", "\(run)")
    for line in [lines[3], lines[6]] {
      let store = JSON(text: line)["findings"].array.filter { $0["subject"].string == "store" }
      #expect(store.map(\.["level"].string) == ["good"], "\(run)")
    }
    #expect(JSON(text: lines[5])["sources"].array.map(\.["documents"].int) == [1, 40], "\(run)")
  }

  @Test(
    "a limit on the size of files is a clear error at whatever size it strikes",
    .enabled(if: Tool.hasPython, "needs python3")
  )
  func fileSizeLimit() throws {
    let limiter = """
      import os, resource, signal, sys
      signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
      resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
      os.execvp(sys.argv[2], sys.argv[2:])
      """
    let workspace = try TestWorkspace()
    try workspace.write("The anchor weighs ninety kilograms.\n", to: "small/a.txt")
    let small = try workspace.run("add", workspace.data.appendingPathComponent("small").path)
    #expect(small.status == 0, "\(small)")
    try fill(workspace)
    for limit in TestLength.isFull ? [0, 1, 40, 100, 150, 200, 300, 400] : [0, 150] {
      let run = try workspace.run(
        "add",
        workspace.data.appendingPathComponent("big").path,
        under: ["python3", "-c", limiter, "\(limit * 1_024)"]
      )
      #expect(run.status == 3 || run.status == 1, "limit \(limit) kB: \(run)")
      // Where no file may grow, the message has no place to go either.
      if limit > 1 { #expect(run.errors.contains("remedy:"), "\(run)") }
      try workspace.expectSound()
      #expect(try workspace.found(["anchor"])[0].contains { $0.contains("ninety") })
    }
    let run = try workspace.run("add", workspace.data.appendingPathComponent("big").path)
    #expect(run.status == 0, "\(run)")
    let sources = try workspace.run("sources", "--json").json["sources"].array
    #expect(sources.map(\.["documents"].int) == [1, 40])
    try workspace.expectSound()
  }
}
