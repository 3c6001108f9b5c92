import ArgumentParser
import Attune
import Documents
import Foundation
import Knowledge

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Take in a folder, a file, a database or web pages.",
    discussion: """
      Reads PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, RTF, HTML, Markdown, text, CSV, JSON, \
      mail with its attachments, ZIP archives and SQLite (each row of each table). Files are \
      recognised by what is in them; what has no reader is listed as skipped.

      A PostgreSQL database is named by its URI, without the password: that comes from PGPASSWORD, \
      PGPASSFILE or ~/.pgpass. It is only read.

      A web page is named by its address, the pages of a site by that of its sitemap. No links are \
      followed, and robots.txt is kept to. Hosts on this machine or a network that is not public have \
      to be named with --allow.

      Adding again what is there already brings it up to date: only what changed is read.

      Example: attune add handbook/ sales.sqlite https://docs.example/sitemap.xml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: "Folders, files, SQLite databases, URIs of PostgreSQL databases, and web addresses."
  )
  var places: [String]

  @Option(help: "What to call the source; the name of the folder or file where none is given.")
  var name: String?

  @Option(
    name: .customLong("allow"),
    help: ArgumentHelp(
      "A host whose pages may be read though its network is not public; can be repeated.",
      valueName: "host"
    )
  )
  var allowedHosts: [String] = []

  func validate() throws {
    if name != nil, places.count > 1 {
      throw ValidationError("--name goes with one place only.")
    }
    guard allowedHosts.isEmpty || places.contains(where: WebSource.isURL) else {
      throw ValidationError("--allow goes with web addresses only.")
    }
  }

  func run() throws {
    global.start()
    let workspace = try global.openWorkspace()
    // Names first: a typo in the last place should not be found after minutes of reading.
    let sources = try places.map { place in
      if PostgreSQLSource.isURI(place) { return try workspace.addDatabase(place, name: name) }
      if WebSource.isURL(place) {
        return try workspace.addPage(place, name: name, allowing: allowedHosts)
      }
      return try workspace.addSource(at: URL(fileURLWithPath: place), name: name)
    }
    try SyncPresenter(workspace: workspace, json: output.json).sync(only: sources.map(\.name))
  }
}
