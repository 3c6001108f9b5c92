import ArgumentParser
import Attune
import Foundation
import LanguageModels

/// How a local model chooses each token, and when it stops.
struct GenerationOptions: ParsableArguments {
  @Option(help: "The most tokens to write.")
  var maxTokens = 256

  @Option(help: "0 takes the most probable token each time; higher is more varied.")
  var temperature: Float = 0

  @Option(help: "Choose among this many most probable tokens.")
  var topK: Int?

  @Option(help: "Choose among the fewest tokens that have this probability together, 0 to 1.")
  var topP: Float?

  @Option(help: "Leave out tokens less probable than this share of the best, 0 to 1.")
  var minP: Float?

  @Option(help: "Above 1 makes tokens that were written already less probable.")
  var repetitionPenalty: Float = 1

  @Option(help: "The same seed gives the same text.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("Stop before this text; may be given several times.", valueName: "text")
  )
  var stop: [String] = []

  @Option(
    help: ArgumentHelp("Write exactly one of these; give it several times.", valueName: "text")
  )
  var choice: [String] = []

  @Option(
    help: ArgumentHelp("Write JSON that keeps to the JSON schema in this file.", valueName: "file")
  )
  var schema: String?

  func validate() throws {
    guard maxTokens > 0 else { throw ValidationError("--max-tokens is at least 1.") }
    guard choice.isEmpty || schema == nil else {
      throw ValidationError("Give --choice or --schema, not both.")
    }
  }

  func settings() throws -> GenerationSettings {
    var sampling = SamplingSettings()
    sampling.temperature = temperature
    sampling.topK = topK
    sampling.topP = topP
    sampling.minP = minP
    sampling.repetitionPenalty = repetitionPenalty
    sampling.seed = seed
    try sampling.check()
    var settings = GenerationSettings()
    settings.maximumTokens = maxTokens
    settings.sampling = sampling
    settings.stopStrings = stop
    if !choice.isEmpty { settings.constraint = ChoiceConstraint(choice) }
    settings.constraint = try schemaConstraint() ?? settings.constraint
    return settings
  }

  /// What holds the text to the schema; nil where there is none.
  private func schemaConstraint() throws -> JSONSchemaConstraint? {
    guard let schema else { return nil }
    do {
      return try JSONSchemaConstraint(schema: String(contentsOfFile: schema, encoding: .utf8))
    } catch let error as LanguageModelError {
      throw error
    } catch {
      throw AttuneError(
        .fileFault,
        "The schema cannot be read.",
        subject: schema,
        cause: error.localizedDescription,
        remedy: "Name a file that holds a JSON schema."
      )
    }
  }
}
