public import ArgumentParser
import Attune
import Documents
public import Knowledge

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find the passages that belong to a question.",
    discussion: """
      Searches by meaning and by words at once and shows where each passage stands.

      With --batch, reads JSONL with “id” and “question” from a file (or - for standard input) and \
      prints one JSON line for each, in order.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var access: AccessOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var filters: FilterOptions

  @Argument(help: "What to look for.")
  var query: [String] = []

  @Option(name: [.customShort("n"), .long], help: "How many passages to show.")
  var limit = 10

  @Option(
    help: "Which scores count: dense, lexical or hybrid; as attune.yaml says where none is given."
  )
  var mode: SearchSettings.Mode?

  @Option(help: ArgumentHelp("Search for each line of a JSONL file.", valueName: "file"))
  var batch: String?

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    guard (batch == nil) != query.isEmpty else {
      throw ValidationError("Give a question, or --batch with a file.")
    }
    _ = try filters.filter()
  }

  func run() async throws {
    global.start()
    let workspace = try global.openWorkspace()
    let filter = try filters.filter()
    let session = try workspace.session(mode: mode, groups: access.access, generates: false)
    guard let batch else {
      let text = query.joined(separator: " ")
      let hits = try session.search(text, filter: filter, limit: limit)
      if output.json {
        try JSONOutput.print(
          SearchResults(id: nil, query: text, hits: hits, in: workspace.configuration)
        )
      } else {
        show(hits)
      }
      return
    }
    let failures = try await BatchInput(path: batch, field: "question").run { item in
      let hits = try session.search(item.text, filter: filter, limit: limit)
      try JSONOutput.print(
        SearchResults(id: item.id, query: item.text, hits: hits, in: workspace.configuration)
      )
    }
    if failures > 0 { throw ExitStatus.someFailed.code }
  }

  private func show(_ hits: [SearchHit]) {
    if hits.isEmpty { Terminal.line("Nothing was found.") }
    for (index, hit) in hits.enumerated() {
      Terminal.line("\(index + 1). \(PassagePresenter.place(of: hit.passage))  \(scores(of: hit))")
      Terminal.line(PassagePresenter.excerpt(of: hit.passage, indent: "   "))
    }
  }

  private func scores(of hit: SearchHit) -> String {
    var parts = [Figures.decimal(hit.score, places: 3)]
    if let dense = hit.scores.dense { parts.append("dense \(Figures.decimal(dense, places: 2))") }
    if let probability = hit.scores.reranker {
      parts.append("reranker \(Figures.decimal(probability, places: 2))")
    }
    if let lexical = hit.scores.lexical { parts.append("words \(Figures.decimal(lexical))") }
    return "(\(parts.joined(separator: ", ")))"
  }
}

extension SearchSettings.Mode: ExpressibleByArgument {}
