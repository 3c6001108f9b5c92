import Datasets
import Evaluation
import FineTuning

/// What an experiment file says about the training of an answer model.
struct AnswerModelRecipe {
  /// How one part of the training goes.
  struct Stage {
    var learningRate: Double
    var epochs: Int
    var tokensPerStep: Int
  }

  let experiment: Experiment
  /// What is made of open text and of people's questions.
  let mixture: ReadingMixture.Settings
  /// How many examples made from open text are trained on, at most.
  let synthetic: Int
  /// Medical questions among those of people.
  let medicalQuestions: Int
  /// Questions of people that are also asked without their passage.
  let fromMemory: Int
  /// Examples held out for validation, by document.
  let validation: Int
  /// First on questions made from open text, then on people's own.
  let pretraining: Stage
  let training: Stage

  init(_ experiment: Experiment) throws {
    self.experiment = experiment
    let examples = Section(experiment, "examples")
    var mixture = ReadingMixture.Settings()
    mixture.seed = experiment.seed
    mixture.recurring = try examples.count("recurring", mixture.recurring)
    mixture.crossed = try examples.count("crossed", mixture.crossed)
    mixture.clauses = try examples.count("clauses", mixture.clauses)
    mixture.abbreviations = try examples.count("abbreviations", mixture.abbreviations)
    mixture.tables = try examples.count("tables", mixture.tables)
    mixture.mismatched = try examples.count("mismatched", mixture.mismatched)
    mixture.removed = try examples.count("removed", mixture.removed)
    mixture.passageLimit = try examples.count("passage-tokens", mixture.passageLimit)
    mixture.perPassage = try examples.count("per-passage", mixture.perPassage)
    self.mixture = mixture
    synthetic = try examples.count("synthetic", .max)
    medicalQuestions = try examples.count("medical", 0)
    fromMemory = try examples.count("from-memory", 0)
    validation = try examples.count("validation", 400)
    pretraining = try Section(experiment, "pretraining").stage(rate: 3e-4, epochs: 1)
    training = try Section(experiment, "training").stage(rate: 1e-4, epochs: 3)
  }

  /// The settings of a stage's trainer.
  func settings(_ stage: Stage) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.adapter = nil
    settings.learningRate = stage.learningRate
    settings.length = .epochs(stage.epochs)
    settings.stepSize = .tokens(stage.tokensPerStep)
    settings.tokensPerPass = 2048
    settings.maximumTokens = 512
    settings.warmUpShare = 0.05
    settings.seed = experiment.seed
    settings.evaluationInterval = 200
    settings.checkpointInterval = 100
    return settings
  }

  /// A map of the experiment's settings.
  private struct Section {
    let experiment: Experiment
    let name: String
    let values: [String: ExperimentValue]

    init(_ experiment: Experiment, _ name: String) {
      self.experiment = experiment
      self.name = name
      values = experiment.settings[name]?.map ?? [:]
    }

    func count(_ key: String, _ usual: Int) throws -> Int {
      guard let value = values[key] else { return usual }
      guard case .integer(let count) = value, count >= 0 else {
        throw invalid("\(key) is no count.", key)
      }
      return count
    }

    func stage(rate: Double, epochs: Int) throws -> Stage {
      let learningRate: Double
      switch values["learning-rate"] {
      case nil: learningRate = rate
      case .number(let value): learningRate = value
      default:
        throw invalid("learning-rate is no number.", "learning-rate")
      }
      return Stage(
        learningRate: learningRate,
        epochs: try count("epochs", epochs),
        tokensPerStep: try count("tokens-per-step", 4096)
      )
    }

    private func invalid(_ message: String, _ key: String) -> AttuneError {
      AttuneError(
        .experimentInvalid,
        message,
        subject: experiment.name,
        remedy: "Mend settings.\(name).\(key) in the experiment's file."
      )
    }
  }
}
