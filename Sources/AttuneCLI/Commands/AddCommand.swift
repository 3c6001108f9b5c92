import ArgumentParser
import Attune
import Documents
import Foundation
import Knowledge

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Take in a folder, a file or a database.",
    discussion: """
      Reads PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, RTF, HTML, Markdown, text, CSV, JSON, \
      mail with its attachments, ZIP archives and SQLite (each row of each table). Files are \
      recognised by what is in them; what has no reader is listed as skipped.

      A PostgreSQL database is named by its URI, without the password: that comes from PGPASSWORD, \
      PGPASSFILE or ~/.pgpass. It is only read.

      Adding again what is there already brings it up to date: only what changed is read.

      Example: attune add handbook/ sales.sqlite postgresql://reader@db.example/shop
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Folders, files, SQLite databases, and URIs of PostgreSQL databases.")
  var places: [String]

  @Option(help: "What to call the source; the name of the folder or file where none is given.")
  var name: String?

  func validate() throws {
    if name != nil, places.count > 1 {
      throw ValidationError("--name goes with one place only.")
    }
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    // Names first: a typo in the last place should not be found after minutes of reading.
    let sources = try places.map { place in
      PostgreSQLSource.isURI(place)
        ? try workspace.addDatabase(place, name: name)
        : try workspace.addSource(at: URL(fileURLWithPath: place), name: name)
    }
    try SyncPresenter(workspace: workspace, json: output.json).sync(only: sources.map(\.name))
  }
}
