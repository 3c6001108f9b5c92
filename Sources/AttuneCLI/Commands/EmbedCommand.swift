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
    let failures = try embed(try BatchInput(path: batch, field: "text").lines(), with: embedder)
    if failures > 0 { throw ExitStatus.someFailed.code }
  }

  /// Prints a vector, or an error, for each line in order.
  ///
  /// - Returns: How many lines failed.
  private func embed(
    _ lines: [(id: String, text: Result<String, AttuneError>)],
    with embedder: any TextEmbedder
  ) throws -> Int {
    let clock = ContinuousClock()
    var tokens = 0
    var elapsed = Duration.zero
    var failures = 0
    var start = 0
    while start < lines.count {
      let end = min(start + Self.slice, lines.count)
      let part = lines[start..<end]
      let inputs = part.compactMap { try? $0.text.get() }.map { EmbeddingInput(text: $0) }
      let began = clock.now
      var embedded = try embedder.embed(inputs)[...]
      elapsed += clock.now - began
      for (id, text) in part {
        switch text {
        case .failure(let fault):
          failures += 1
          try JSONOutput.print(BatchFailure(id: id, error: ErrorDescription(fault)))
        case .success:
          guard let result = embedded.popFirst() else { continue }
          tokens += result.tokenCount
          try JSONOutput.print(Line(id: id, embedding: result.vector))
        }
      }
      start = end
    }
    if global.verbose {
      let seconds = elapsed / .seconds(1)
      Terminal.note(
        "embedded \(lines.count - failures) texts, \(tokens) tokens in \(Figures.decimal(seconds, places: 3)) s"
      )
    }
    return failures
  }
}
