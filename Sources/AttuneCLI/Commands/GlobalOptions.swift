import ArgumentParser
import Attune
import Foundation
import Logging

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp("Work in the workspace at or above this folder.", valueName: "folder")
  )
  var workspace: String?

  @Flag(name: .shortAndLong, help: "Log what happens to standard error.")
  var verbose = false

  /// Sets up logging. Called first by every command.
  func start() {
    let level: Logger.Level = verbose ? .debug : .error
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
  }

  var startingPlace: URL {
    URL(fileURLWithPath: workspace ?? FileManager.default.currentDirectoryPath)
  }

  /// The workspace that the command is about.
  func openWorkspace() throws -> Workspace {
    try Workspace.find(from: startingPlace)
  }
}
