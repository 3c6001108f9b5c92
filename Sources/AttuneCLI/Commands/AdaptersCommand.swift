public import ArgumentParser
public import Attune
import FineTuning
import Foundation

struct AdaptersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adapters",
    abstract: "List, use, bring in and take out what fine-tuning has made.",
    discussion: """
      An adapter is a folder in PEFT's form. Putting one in use or out of use takes no time: the model \
      itself stays as it is.
      """,
    subcommands: [
      List.self, Show.self, Activate.self, Deactivate.self, Import.self, Export.self, Merge.self,
      Remove.self,
    ],
    defaultSubcommand: List.self
  )
}

extension AdaptersCommand {
  /// An adapter as JSON.
  private struct Listed: Encodable {
    let adapter: AdapterRecord
    let active: Bool
    let folder: String
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the adapters, newest first.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      global.start()
      let adapters = try global.openWorkspace().adapters
      let all = adapters.all()
      if output.json {
        return try JSONOutput.print(
          all.map {
            Listed(
              adapter: $0,
              active: adapters.active($0.role) == $0.name,
              folder: adapters.place(of: $0.name).path
            )
          }
        )
      }
      if all.isEmpty {
        Terminal.line("There are no adapters yet. Next: attune tune generator --data <file>.")
      }
      for record in all {
        var line = adapters.active(record.role) == record.name ? "* " : "  "
        line += "\(Terminal.safeLine(record.name))  \(record.role.rawValue)  "
        line += Terminal.safeLine(record.baseModel)
        if let heldOut = record.heldOut {
          line += "  loss \(Figures.decimal(heldOut.before, places: 3))"
          line += " → \(Figures.decimal(heldOut.after, places: 3))"
        }
        if let retrieval = record.retrieval {
          line += "  nDCG@10 \(Figures.decimal(retrieval.before, places: 3))"
          line += " → \(Figures.decimal(retrieval.after, places: 3))"
        }
        Terminal.line(line)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show how an adapter came to be.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The adapter.") var name: String

    func run() throws {
      global.start()
      let record = try global.openWorkspace().adapters.record(of: name)
      if output.json { return try JSONOutput.print(record) }
      AdapterPresenter.describe(record)
    }
  }

  struct Activate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Use an adapter from the next answer on.",
      discussion: "Example: attune adapters activate support"
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The adapter.") var name: String

    func run() throws {
      global.start()
      let workspace = try global.openWorkspace()
      let role = try workspace.adapters.record(of: name).role
      let before = workspace.adapters.active(role)
      try TuningPresenter(workspace: workspace, json: false).use(name, as: role)
      Terminal.line("\(Terminal.safeLine(name)) is in use.")
      if let before, before != name {
        Terminal.line("Back: attune adapters activate \(Terminal.safeLine(before))")
      }
    }
  }

  struct Deactivate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Use a role's model as it is again."
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The role: generator, embedder or reranker.")
    var role: AdapterRecord.Role = .generator

    func run() throws {
      global.start()
      let workspace = try global.openWorkspace()
      try TuningPresenter(workspace: workspace, json: false).use(nil, as: role)
      Terminal.line("The \(role.rawValue) is used without an adapter.")
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring in an adapter that was trained elsewhere.",
      discussion: """
        Takes a folder in PEFT's form, or a GGUF file with a LoRA adapter. It is tried on the model: one \
        that does not fit, or that would have no effect, is refused.

        Example: attune adapters import out/checkpoint-100 --name cluster --model SmolLM2-135M-Instruct
        """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder or file.") var place: String
    @Option(help: "What to call it; the folder's name where absent.") var name: String?
    @Option(help: "The model it belongs to; the configured generator where absent.")
    var model: String?

    func run() throws {
      global.start()
      let record = try global.openWorkspace()
        .importAdapter(at: URL(fileURLWithPath: place), name: name, model: model)
      if output.json { return try JSONOutput.print(record) }
      Terminal.line("\(Terminal.safeLine(record.name)) is here.")
      Terminal.line("Use it: attune adapters activate \(Terminal.safeLine(record.name))")
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write an adapter for other programs: PEFT's form, or GGUF.",
      discussion: """
        Examples:
          attune adapters export support ./support-adapter
          attune adapters export support support.gguf
        """
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The adapter.") var name: String
    @Argument(help: "A folder that does not exist yet, or a file that ends in .gguf.")
    var place: String

    func run() throws {
      global.start()
      try global.openWorkspace().exportAdapter(name, to: URL(fileURLWithPath: place))
      Terminal.line("Written to \(Terminal.safeLine(place)).")
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a model of its own from the base model and an adapter.",
      discussion: """
        Reads the base model's safetensors and writes a folder that every program reads which reads the \
        base model.

        Example: attune adapters merge support ./SmolLM2-135M ./SmolLM2-135M-support
        """
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The adapter.") var name: String
    @Argument(help: "The base model's folder, with safetensors.") var base: String
    @Argument(help: "Where the new model goes: a folder that does not exist yet.") var place: String

    func run() throws {
      global.start()
      let adapter = try global.openWorkspace().adapters.adapter(name)
      let line = ProgressLine("merging")
      try ModelMerging.merge(
        adapter,
        with: URL(fileURLWithPath: base),
        into: URL(fileURLWithPath: place)
      ) { share in
        line.show(done: Int(share * 100), of: 100, detail: "")
      }
      line.finish()
      Terminal.line("Written to \(Terminal.safeLine(place)).")
      Terminal.line("Use it: attune models import \(Terminal.safeLine(place))")
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove an adapter from the workspace."
    )

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The adapter.") var name: String

    func run() throws {
      global.start()
      try global.openWorkspace().adapters.remove(name)
      Terminal.line("\(Terminal.safeLine(name)) is removed.")
    }
  }
}

extension AdapterRecord.Role: ExpressibleByArgument {}
