import ArgumentParser
import Attune
import Foundation
import Knowledge

struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Turn text into vectors with the embedding model.",
    discussion: """
      Needs no workspace. With --batch, reads JSONL with “id” and “text” from a file (or - for \
      standard input) and prints one JSON line for each, in order.
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The text.")
  var text: [String] = []

  @Option(help: ArgumentHelp("Embed each line of a JSONL file.", valueName: "file"))
  var batch: String?

  @Option(help: "Name of an installed model, or a model's folder.")
  var model: String?

  func validate() throws {
    guard (batch == nil) != text.isEmpty else {
      throw ValidationError("Give a text, or --batch with a file.")
    }
  }

  private struct Line: Encodable {
    let id: String
    let embedding: [Float]
  }

  private static let slice = 256

  func run() throws {
    global.start()
    let embedder = try Workspace.embedder(named: model, near: global.startingPlace)
    guard let batch else {
      let vector = try embedder.embed([EmbeddingInput(text: text.joined(separator: " "))])
      let line = Line(id: "1", embedding: vector.first?.vector ?? [])
      if output.json {
        try JSONOutput.print(line)
      } else {
        Terminal.line(line.embedding.map { "\($0)" }.joined(separator: " "))
      }
      return
    }
    try embed(try BatchInput(path: batch, field: "text").items(), with: embedder)
  }

  private func embed(_ items: [BatchInput.Item], with embedder: any TextEmbedder) throws {
    let clock = ContinuousClock()
    var tokens = 0
    var elapsed = Duration.zero
    var start = 0
    while start < items.count {
      let end = min(start + Self.slice, items.count)
      let part = items[start..<end]
      let began = clock.now
      let embedded = try embedder.embed(part.map { EmbeddingInput(text: $0.text) })
      elapsed += clock.now - began
      for (item, result) in zip(part, embedded) {
        tokens += result.tokenCount
        try JSONOutput.print(Line(id: item.id, embedding: result.vector))
      }
      start = end
    }
    if global.verbose {
      let seconds = elapsed / .seconds(1)
      Terminal.note(
        "embedded \(items.count) texts, \(tokens) tokens in \(Figures.decimal(seconds, places: 3)) s"
      )
    }
  }
}
