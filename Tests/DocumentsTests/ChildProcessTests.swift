import Documents
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Outside programs", .timeLimit(.minutes(1)))
struct ChildProcessTests {
  private func shell(
    _ script: String,
    outputLimit: Int = 1 << 20,
    seconds: Double = 20
  ) -> ChildProcess {
    ChildProcess(
      program: "/bin/sh",
      arguments: ["-c", script],
      outputLimit: outputLimit,
      seconds: seconds,
      memory: 1 << 30
    )
  }

  @Test("Output, complaints and the exit code come back")
  func outcome() throws {
    let outcome = try shell("echo out; echo complaint >&2; exit 3").run()
    #expect(String(decoding: outcome.output, as: UTF8.self) == "out\n")
    #expect(outcome.complaints == "complaint\n")
    #expect(outcome.end == .exit(3))
  }

  @Test("Arguments reach the program as they are, whatever a shell would make of them")
  func arguments() throws {
    let strange = "a b; echo $(id) 'x' \"y\" *\n-- \\"
    let child = ChildProcess(
      program: "/usr/bin/printf",
      arguments: ["%s", strange],
      outputLimit: 1000,
      seconds: 20,
      memory: 1 << 30
    )
    #expect(String(decoding: try child.run().output, as: UTF8.self) == strange)
  }

  @Test("A program that hangs is stopped, with its children")
  func hangs() throws {
    let folder = try TemporaryDirectory()
    let mark = folder.url.appendingPathComponent("child").path
    #expect(throws: ChildProcess.Failure.timedOut(seconds: 0.3)) {
      try shell("sleep 600 & echo $! > '\(mark)'; wait", seconds: 0.3).run()
    }
    let text = try String(contentsOfFile: mark, encoding: .utf8)
    let grandchild = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(isGone(grandchild))
  }

  @Test("A program that closes its output and stays is stopped")
  func closesOutput() {
    #expect(throws: ChildProcess.Failure.timedOut(seconds: 0.3)) {
      try shell("exec >&- 2>&-; sleep 600", seconds: 0.3).run()
    }
  }

  @Test("A program that ends while a child of its own keeps the output open is not waited for")
  func leavesChildren() throws {
    let outcome = try shell("sleep 600 & echo done").run()
    #expect(String(decoding: outcome.output, as: UTF8.self) == "done\n")
  }

  @Test("A program that writes for ever is stopped at the limit")
  func writesForEver() {
    #expect(throws: ChildProcess.Failure.tooMuchOutput(limit: 100_000)) {
      try shell("while :; do echo yyyyyyyyyyyyyyyyyyyyy; done", outputLimit: 100_000).run()
    }
  }

  @Test("Complaints without end are cut, and a crash is told")
  func crashes() throws {
    let outcome = try shell(
      "i=0; while [ $i -lt 2000 ]; do echo complaint >&2; i=$((i+1)); done; kill -SEGV $$"
    ).run()
    #expect(outcome.end == .signal(SIGSEGV))
    #expect(outcome.complaints.utf8.count == ChildProcess.complaintLimit)
  }

  @Test("A program that is not there fails as an outcome or an error, never silently")
  func missing() throws {
    let child = ChildProcess(
      program: "/nowhere/program",
      arguments: [],
      outputLimit: 10,
      seconds: 20,
      memory: 1 << 30
    )
    #expect(try child.run().end == .exit(127))
  }

  @Test("The environment is almost empty and standard input too")
  func environment() throws {
    let outcome = try shell("env | grep -c -E '^(HOME|USER|SECRET)=' ; wc -c").run()
    #expect(
      String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        == ["0", "0"]
    )
  }

  @Test(
    "Memory is limited where the system can",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc"), "needs Linux")
  )
  func memory() throws {
    var child = shell("ulimit -v")
    child.memory = 300 << 20
    let output = try child.run().output
    #expect(String(decoding: output, as: UTF8.self) == "307200\n")
  }

  @Test(
    "Many threads at once, and no descriptor and no dead child stays",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "needs /proc")
  )
  func manyAtOnce() throws {
    let failures = Counter()
    DispatchQueue.concurrentPerform(iterations: 60) { number in
      let outcome = try? shell("echo \(number); ls /proc/self/fd | wc -l").run()
      let lines = String(decoding: outcome?.output ?? [], as: UTF8.self).split(separator: "\n")
      // Three of its own, and the one that lists them.
      if lines != ["\(number)", "4"] { failures.add() }
    }
    #expect(failures.count == 0)
    var information = siginfo_t()
    let result = waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT)
    #expect(result != 0 || information.si_signo == 0)
  }

  @Test("A private file is for this user alone, and gone when let go")
  func privateFile() throws {
    var file: PrivateFile? = try PrivateFile(Array("secret".utf8))
    let path = try #require(file?.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "secret")
    file = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// Whether a process has ended; one that nobody has reaped yet counts as ended.
  private func isGone(_ process: Int32) -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(10))
    while ContinuousClock.now < end {
      if kill(process, 0) != 0 { return true }
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      if status?.contains(") Z ") ?? false { return true }
    }
    return false
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
  }
}
