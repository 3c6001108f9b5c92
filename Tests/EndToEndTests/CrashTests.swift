import Foundation
import TestSupport
import Testing

/// Whatever moment a sync is killed at, the next one ends where an undisturbed one does.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model")
)
struct CrashTests {
  private static let questions = (0..<4).map { "What is kept in locker \($0)?" } + ["rope", "tar"]

  private func write(_ workspace: TestWorkspace, edition: Int) throws {
    var random = SplitMix64(seed: UInt64(edition))
    let goods = ["rope", "tar", "lamp oil", "flares", "charts", "blankets", "biscuits"]
    for locker in 0..<24 where edition == 0 || locker.isMultiple(of: 2) {
      let sections = (0..<3).map { shelf in
        let good = goods.randomElement(using: &random) ?? ""
        return
          "## Shelf \(shelf)\n\nLocker \(locker) keeps \(good) on shelf \(shelf), edition \(edition)."
      }
      try workspace.write(
        "# Locker \(locker)\n\n" + sections.joined(separator: "\n\n") + "\n",
        to: "locker-\(locker).md"
      )
    }
    guard edition > 0 else { return }
    for locker in [1, 5, 9] { try workspace.delete("locker-\(locker).md") }
    for locker in 50..<60 {
      try workspace.write("Locker \(locker) is new.\n", to: "new-\(locker).txt")
    }
  }

  /// What a user sees of a workspace.
  private func state(of workspace: TestWorkspace) throws -> [String] {
    let source = try workspace.run("sources", "--json").json["sources"][0]
    let counts = "\(source["documents"].int ?? -1) \(source["passages"].int ?? -1)"
    return [counts] + (try workspace.found(Self.questions).map { $0.joined(separator: "\n") })
  }

  @Test("kill -9 at random moments of a first sync and of a later one")
  func killed() throws {
    let undisturbed = try TestWorkspace()
    try write(undisturbed, edition: 0)
    let clock = ContinuousClock()
    let firstTime = try clock.measure { try undisturbed.add() }
    let first = try state(of: undisturbed)
    try write(undisturbed, edition: 1)
    let laterTime = try clock.measure { _ = try undisturbed.run("sync") }
    let later = try state(of: undisturbed)
    #expect(first != later)

    var random = SplitMix64(seed: 9)
    var stopped = 0
    for index in 0..<(TestLength.isFull ? 50 : 5) {
      let isFirst = index.isMultiple(of: 2)
      let workspace = try TestWorkspace()
      try write(workspace, edition: 0)
      if !isFirst {
        try workspace.add()
        try write(workspace, edition: 1)
      }
      let moment = (isFirst ? firstTime : laterTime) * (random.unit() * 1.05)
      let sync = try workspace.start("add", workspace.data.path)
      let began = clock.now
      while sync.isRunning, clock.now - began < moment { usleep(500) }
      sync.kill9()
      if try sync.wait().signal == SIGKILL { stopped += 1 }

      let next = try workspace.run("add", workspace.data.path)
      #expect(next.status == 0, "killed after \(moment): \(next)")
      #expect(try state(of: workspace) == (isFirst ? first : later), "killed after \(moment)")
      try workspace.expectSound()
    }
    #expect(stopped > 0, "no sync was caught at work")
  }
}
