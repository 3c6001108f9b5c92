package import LanguageModels

/// A question with the passages that are read for it, and what is right.
package struct ReadingTask: Sendable {
  /// A passage, with what speaks for it before it is read.
  package struct Passage: Sendable {
    package var text: String
    /// The score that it was found with; 0 where it was given.
    package var score: Double

    package init(text: String, score: Double = 0) {
      self.text = text
      self.score = score
    }
  }

  package var id: String
  package var question: String
  package var passages: [Passage]
  /// What is accepted; empty where the passages do not answer, or no short answer is known.
  package var answers: [String]
  /// Whether there is an answer.
  package var isAnswerable: Bool

  package init(
    id: String,
    question: String,
    passages: [Passage],
    answers: [String],
    isAnswerable: Bool
  ) {
    self.id = id
    self.question = question
    self.passages = passages
    self.answers = answers
    self.isAnswerable = isAnswerable
  }
}

/// What a model read for a task.
package struct ReadTask: Sendable {
  package var task: ReadingTask
  /// One for each passage.
  package var readings: [AnswerReading]
  /// How long reading and writing took.
  package var seconds: Double

  package init(task: ReadingTask, readings: [AnswerReading], seconds: Double) {
    self.task = task
    self.readings = readings
    self.seconds = seconds
  }
}

extension ReadingTask {
  /// Reads the passages. Answers are kept even where the model would rather say that there is none.
  func read(by model: AnswerModel) throws -> ReadTask {
    try read(by: model, settings: AnswerDecoding(margin: .infinity))
  }

  /// Reads the passages with settings of one's own.
  func read(by model: AnswerModel, settings: AnswerDecoding) throws -> ReadTask {
    let clock = ContinuousClock()
    let start = clock.now
    let readings = try model.read(question, passages: passages.map(\.text), settings: settings)
    return ReadTask(
      task: self,
      readings: readings,
      seconds: (clock.now - start) / .seconds(1)
    )
  }
}
