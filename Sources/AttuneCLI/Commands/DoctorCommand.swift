import ArgumentParser
import Attune

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the machine, the models and the workspace.",
    discussion: """
      Says what is in order and, for what is not, what to do. With --repair, rebuilds what can be \
      rebuilt from the store.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Rebuild the vector index from the store.")
  var repair = false

  func run() throws {
    global.start()
    let findings = Doctor(startingAt: global.startingPlace).examine(repairing: repair)
    if output.json {
      try JSONOutput.print(["findings": findings])
    } else {
      for finding in findings {
        Terminal.line(
          "\(mark(of: finding)) \(finding.subject): \(Terminal.safeLine(finding.message))"
        )
        if let remedy = finding.remedy { Terminal.line("  → \(Terminal.safeLine(remedy))") }
      }
    }
    if findings.contains(where: { $0.level == .problem }) { throw ExitStatus.someFailed.code }
  }

  private func mark(of finding: Doctor.Finding) -> String {
    switch finding.level {
    case .good: "ok     "
    case .note: "note   "
    case .problem: "problem"
    }
  }
}
