import ArgumentParser
import Attune
import Documents
import Foundation

struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract:
      "Show what Attune reads in a file: its text, its structure, and where each part stands.",
    discussion: """
      Needs no workspace and keeps nothing. What lies inside the file (attachments, files of an archive, \
      messages of a mailbox) is read too.

      Example: attune read offer.pdf
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Files.")
  var files: [String]

  func run() throws {
    global.start()
    var failed = false
    for file in files {
      let url = URL(fileURLWithPath: file)
      let source = FolderSource(root: url.path)
      let result = ReadingOutput.read(source, path: url.lastPathComponent)
      if result.error != nil { failed = true }
      if output.json { try JSONOutput.print(result) } else { ReadingPresenter.show(result) }
    }
    if failed { throw ExitStatus.someFailed.code }
  }
}
