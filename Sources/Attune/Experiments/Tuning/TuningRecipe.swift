import Evaluation
import FineTuning

/// The figures of an embedder's training that an experiment file may set.
struct TuningRecipe {
  var ranking = RankingSettings()
  var training = TrainingSettings()
  var temperature: Float = 0.05
  var minesNegatives = false
  /// What the trained update is multiplied by before use: less than 1 forgets less.
  var strength = 1.0
  /// Questions of MedQuAD to train on; as many as the steps need are enough.
  var trainingQuestions = 2000
  /// Passages of MedQuAD's other parts that stand among those of the measured part.
  var others = 500
  /// The most questions made from one passage of the example company.
  var synthesizedPerPassage = 0

  init(_ settings: [String: ExperimentValue], seed: UInt64) {
    func number(_ name: String) -> Double? { settings[name]?.number }
    func whole(_ name: String) -> Int? { settings[name]?.whole }
    var adapter = LoRASettings()
    adapter.rank = whole("rank") ?? 16
    adapter.alpha = Double(2 * adapter.rank)
    training.adapter = adapter
    training.learningRate = number("learning-rate") ?? 1e-3
    training.length = .steps(whole("steps") ?? 50)
    training.warmUpShare = 0.1
    training.seed = seed
    ranking.questionsPerStep = whole("questions-per-step") ?? 32
    ranking.questionsPerGroup = whole("questions-per-group") ?? 4
    ranking.negativesPerQuestion = whole("hard-negatives") ?? 0
    ranking.passageTokens = whole("passage-tokens") ?? 96
    ranking.seed = seed
    minesNegatives = ranking.negativesPerQuestion > 0
    temperature = number("temperature").map { Float($0) } ?? 0.05
    strength = number("strength") ?? 1
    trainingQuestions = whole("training-questions") ?? 2000
    others = whole("others") ?? 500
    synthesizedPerPassage = whole("synthesized-per-passage") ?? 0
  }
}
