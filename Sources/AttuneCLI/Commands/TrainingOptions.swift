public import ArgumentParser
public import FineTuning
import LanguageModels

/// How a model is trained.
struct TrainingOptions: ParsableArguments {
  @Flag(
    help:
      "Train all weights, not an adapter: for small models, held in float32. Makes a whole model."
  )
  var full = false

  @Option(help: "Rank of the adapter: how much it can learn.")
  var rank = 16

  @Option(help: "Numerator of the adapter's scale; twice the rank where absent.")
  var alpha: Double?

  @Option(
    help: ArgumentHelp(
      "Layers to adapt, such as q_proj,v_proj; all linear layers where absent.",
      valueName: "names"
    )
  )
  var targets: String?

  @Flag(help: "Scale by the square root of the rank (rsLoRA).")
  var rslora = false

  @Flag(help: "Train the lengths of the weights' rows too (DoRA).")
  var dora = false

  @Option(help: "How often to go through the examples.")
  var epochs: Int?

  @Option(help: "How many steps to train, instead of --epochs.")
  var steps: Int?

  @Option(help: "The highest learning rate.")
  var learningRate: Double = 2e-4

  @Option(help: "How the learning rate falls: cosine, linear or constant.")
  var schedule: LearningRateSchedule = .cosine

  @Option(help: "Over what share of the steps the learning rate grows from zero.")
  var warmUp: Double = 0.03

  @Option(help: "Examples in a step.")
  var batch = 16

  @Option(help: "Tokens that go through the model at once; examples are packed up to this.")
  var tokensPerPass = 1024

  @Option(help: "The most tokens of one example.")
  var maxTokens = 1024

  @Option(help: "What is done with longer examples: refuse, cut or leaveOut.")
  var overlong: OverlongExamples = .refuse

  @Option(help: "Gradients longer than this are shortened; 0 for no limit.")
  var clip: Double = 1

  @Option(help: "Weight decay.")
  var weightDecay: Double = 0

  @Option(help: "Stop after this many evaluations that brought no better loss.")
  var patience: Int?

  @Option(help: "Steps between evaluations; once an epoch where absent.")
  var evaluateEvery: Int?

  @Option(help: "Steps between checkpoints; once an epoch where absent.")
  var checkpointEvery: Int?

  @Option(help: "Decides the order of the examples and the adapter's start.")
  var seed: UInt64 = 0

  @Option(
    help:
      "Form of the frozen weights: float32, int8 or int4; as the model is installed where absent."
  )
  var precision: WeightPrecision?

  @Flag(help: "Compute intermediate results again on the way back: less memory, a third more time.")
  var recompute = false

  func validate() throws {
    guard epochs == nil || steps == nil else {
      throw ValidationError("Give either --epochs or --steps.")
    }
    guard !full || (alpha == nil && targets == nil && !rslora && !dora) else {
      throw ValidationError(
        "--full trains no adapter: leave out --alpha, --targets, --rslora, --dora."
      )
    }
  }

  func settings() throws -> TrainingSettings {
    var settings = TrainingSettings()
    settings.learningRate = learningRate
    settings.schedule = schedule
    settings.warmUpShare = warmUp
    if let epochs { settings.length = .epochs(epochs) }
    if let steps { settings.length = .steps(steps) }
    settings.stepSize = .examples(batch)
    settings.tokensPerPass = tokensPerPass
    settings.maximumTokens = maxTokens
    settings.overlongExamples = overlong
    settings.gradientLimit = clip > 0 ? clip : nil
    settings.optimizer.weightDecay = weightDecay
    settings.seed = seed
    settings.evaluationInterval = evaluateEvery
    settings.patience = patience
    settings.checkpointInterval = checkpointEvery
    var adapter = LoRASettings()
    adapter.rank = rank
    adapter.alpha = alpha ?? Double(2 * rank)
    adapter.isRankStabilized = rslora
    adapter.usesDoRA = dora
    adapter.targets = targets?.split(separator: ",").map { String($0) } ?? []
    settings.adapter = full ? nil : adapter
    try settings.validate()
    return settings
  }
}

extension LearningRateSchedule: ExpressibleByArgument {}
extension OverlongExamples: ExpressibleByArgument {}
