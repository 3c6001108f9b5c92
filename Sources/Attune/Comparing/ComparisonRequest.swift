public import FineTuning

/// What is to be compared, and on what.
public struct ComparisonRequest: Codable, Sendable, Equatable {
  /// Where the questions are.
  public enum Questions: Codable, Sendable, Equatable {
    /// JSON Lines of questions, SQuAD's JSON, or examples in any format that can be imported.
    case file(String)
    /// The held-out examples of a dataset of the workspace.
    case dataset(String)

    /// What to call them.
    var name: String {
      switch self {
      case .file(let path): path
      case .dataset(let name): name
      }
    }
  }

  public var questions: Questions
  /// The part of the questions that is asked; `test` where the questions have parts, else all.
  public var split: String?
  /// How many questions are asked at most, drawn by ``seed``.
  public var limit: Int?
  /// What the trained arms are trained on; where absent the questions' own `train` part, or else the
  /// workspace's dataset.
  public var training: TuningSource?
  public var arms = ArmRecipe.standard
  /// How often each trained arm is trained, with seeds from ``seed`` on.
  public var seeds = 1
  public var seed: UInt64 = 0
  /// How adapters are trained; ``memory`` without passages, ``reading`` with them.
  public var memory: TrainingSettings
  public var reading: TrainingSettings
  /// How many passages that do not answer stand beside each that does, in training to read.
  public var distractors = 1
  /// The comparison's name; made from the questions and everything that counts where absent.
  public var name: String?
  /// A folder with later editions of documents and a list of what they change.
  public var changes: String?
  /// Whether the fine-tuned arm is also trained on an eighth, a quarter and a half of the data.
  public var measuresLearning = false

  /// A comparison of the four arms.
  public init(questions: Questions) {
    self.questions = questions
    var memory = TrainingSettings()
    memory.learningRate = 1.5e-3
    memory.schedule = .linear
    memory.warmUpShare = 0.05
    memory.length = .epochs(5)
    memory.stepSize = .examples(32)
    var adapter = LoRASettings()
    adapter.rank = 32
    adapter.alpha = 64
    memory.adapter = adapter
    self.memory = memory
    var reading = memory
    reading.learningRate = 3e-4
    reading.length = .epochs(1)
    reading.stepSize = .examples(16)
    self.reading = reading
  }
}
