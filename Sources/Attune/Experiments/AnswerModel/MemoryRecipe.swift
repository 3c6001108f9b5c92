import Evaluation
import FineTuning

/// The figures of a training from memory that an experiment file may set.
struct MemoryRecipe {
  let method: TrainingMethod
  let training: TrainingSettings
  /// How many wordings are made of each question by leaving out words.
  let shortenedWordings: Int
  /// The greatest share of a question's words that is left out.
  let dropped: Double

  init(_ experiment: Experiment) {
    let settings = experiment.settings["memory"]?.map ?? [:]
    func number(_ name: String) -> Double? { settings[name]?.number }
    func count(_ name: String) -> Int? {
      settings[name]?.whole.flatMap { $0 > 0 ? $0 : nil }
    }
    var training = TrainingSettings()
    if settings["method"]?.text == "full" {
      training.adapter = nil
      method = .full
    } else {
      var adapter = LoRASettings()
      adapter.rank = count("rank") ?? 32
      adapter.alpha = Double(2 * adapter.rank)
      training.adapter = adapter
      method = .lowRank(adapter)
    }
    training.learningRate = number("learning-rate") ?? 1e-3
    training.length = .epochs(count("epochs") ?? 4)
    training.stepSize = .examples(count("questions-per-step") ?? 32)
    training.schedule = .linear
    training.warmUpShare = 0.05
    training.seed = experiment.seed
    self.training = training
    shortenedWordings = count("shortened-wordings") ?? 0
    dropped = min(max(number("dropped") ?? 0.5, 0), 1)
  }
}
