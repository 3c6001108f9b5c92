import ArgumentParser
import Attune
import Foundation

struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the workspace in step with its sources.",
    discussion: """
      Reads what is new or changed, removes what is gone, and leaves the rest alone. It can be \
      stopped at any moment and goes on from there the next time. A source that cannot be reached \
      keeps what is known of it.

      With --watch it stays and looks for changes again and again, until it is stopped (Ctrl-C). \
      Databases on a server and web pages are looked at once a minute, or as often as `every` in \
      attune.yaml says.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Names of sources; all where none is given.")
  var sources: [String] = []

  @Flag(help: "Read again what could not be taken in, or was passed over, at the last sync.")
  var retry = false

  @Flag(help: "Stay, and bring in what changes.")
  var watch = false

  @Option(help: "With --watch: seconds between two looks.")
  var interval = 5.0

  func validate() throws {
    guard interval >= 0.1, interval <= 86_400 else {
      throw ValidationError("--interval takes 0.1 to 86400 seconds.")
    }
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    let presenter = SyncPresenter(workspace: workspace, json: output.json)
    let names = sources.isEmpty ? nil : sources
    guard watch else {
      try presenter.sync(only: names, retry: retry)
      return
    }
    var watch = SourceWatch(workspace)
    var retry = retry
    while true {
      let changed = try watch.changed().filter { names?.contains($0) ?? true }
      if !changed.isEmpty {
        // What failed is shown, and tried again when it changes.
        do { try presenter.sync(only: changed, retry: retry) } catch is ExitCode {}
        retry = false
        if !output.json { Terminal.note("Watching; Ctrl-C ends it.") }
      }
      Thread.sleep(forTimeInterval: interval)
    }
  }
}
