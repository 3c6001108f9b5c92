import ArgumentParser
import Attune
import Foundation
import Logging

/// The program.
@main
struct AttuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attune",
    abstract: "Answers questions from your own data, with citations that are checked.",
    discussion: """
      Attune takes in folders, files and SQLite databases, and answers questions with exact quotes, \
      each leading to the place where it stands. Everything stays on this machine.

      First steps:
        attune init                     make a workspace in this folder
        attune models pull              get the embedding model, once per user
        attune add documents/           take in a folder, a file or a database
        attune ask "How long is …?"     get an answer with its sources

      Exit codes: 0 done, 1 done with some items failed, 2 wrong usage, 3 could not do it.
      """,
    version: programVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Workspace",
        subcommands: [
          InitCommand.self, AddCommand.self, SyncCommand.self, SourcesCommand.self,
          RemoveCommand.self, ReadCommand.self, DoctorCommand.self, BackupCommand.self,
          RestoreCommand.self,
        ]
      ),
      CommandGroup(
        name: "Questions",
        subcommands: [
          SearchCommand.self, AskCommand.self, ChatCommand.self, TraceCommand.self,
          FeedbackCommand.self,
        ]
      ),
      CommandGroup(
        name: "Models",
        subcommands: [ModelsCommand.self, EmbedCommand.self, GenerateCommand.self]
      ),
      CommandGroup(
        name: "Fine-tuning",
        subcommands: [DatasetCommand.self, TuneCommand.self, AdaptersCommand.self]
      ),
      CommandGroup(
        name: "Choosing",
        subcommands: [CompareCommand.self, AdviseCommand.self, EvaluateCommand.self]
      ),
    ]
  )

  /// Parses, runs and turns every error into a message and an exit code.
  static func main() async {
    // A reader that goes away (`attune search … | head`) ends the program quietly, as with any tool.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      if isParserError(error) {
        let text = fullMessage(for: error)
        let isHelp = exitCode(for: error) == .success
        Terminal.write(text + "\n", to: isHelp ? .standardOutput : .standardError)
        Foundation.exit(isHelp ? 0 : ExitStatus.usage.rawValue)
      }
      Terminal.report(ErrorDescription(error), asJSON: CommandLine.arguments.contains("--json"))
      Foundation.exit(ExitStatus.cannot.rawValue)
    }
  }

  /// Errors that the argument parser itself throws, help and version included.
  private static func isParserError(_ error: any Error) -> Bool {
    if error is ValidationError || error is CleanExit { return true }
    return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
  }
}
