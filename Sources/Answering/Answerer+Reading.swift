import Documents
import Knowledge

/// What the reader makes of a question.
extension Answerer {
  /// The readings of one question's best passages.
  struct Reading {
    let passages: [(passage: StoredPassage, reading: PassageReading)]
    let joint: JointReading
    let calibration: ReadingCalibration
    /// The probability that the short answer is right.
    let shortConfidence: Double

    var tokens: Int { passages.reduce(0) { $0 + $1.reading.tokens } }

    /// Whether the reader is sure enough for its answer to be shown.
    var isSure: Bool { joint.choice != nil && shortConfidence >= calibration.leastShort }
  }

  /// The best passages that the reader reads, which bounds the time.
  static let readPassages = 5

  /// Reads the passages of the best quotes; nil where there is no reader or nothing to read.
  func read(_ question: String, candidates: [QuoteCandidate]) throws -> Reading? {
    let best = Array(candidates.prefix(Self.readPassages))
    guard let reader, !best.isEmpty else { return nil }
    let texts = best.map(\.passage.passage.text)
    let readings = zip(try reader.read(question, passages: texts), texts).map {
      $0.joiningUnits(of: $1)
    }
    let figures = try calibration.reading ?? ReadingCalibration(reader.calibration()) ?? .standard
    let joint = JointReading(
      zip(best, readings).map { candidate, reading in
        JointReading.Entry(
          reading: reading,
          score: candidate.score,
          quote: candidate.range,
          isRow: !candidate.passage.passage.fields.isEmpty
        )
      },
      question: question,
      sharpness: figures.sharpness
    )
    return Reading(
      passages: zip(best, readings).map { ($0.passage, $1) },
      joint: joint,
      calibration: figures,
      shortConfidence: figures.shortConfidence(of: joint)
    )
  }

  /// The short answer that the reader is sure of and that its passage holds.
  func short(_ reading: Reading, question: String) -> ShortDraft? {
    guard reading.isSure, let choice = reading.joint.choice else { return nil }
    return ShortDraft(
      choice.reply,
      of: reading.passages[choice.entry].passage,
      question: question,
      confidence: reading.shortConfidence
    )
  }

  /// What is kept of a reading.
  func record(_ reading: Reading, isShown: Bool) -> ReadingRecord {
    ReadingRecord(
      reader: reader?.name ?? "",
      passages: reading.passages.map { entry in
        ReadingRecord.Passage(
          passage: entry.passage.id,
          none: entry.reading.logProbabilityOfNone.probability,
          replies: entry.reading.replies.map {
            ReadingRecord.Reply(
              characters: $0.copied,
              isVerbatim: $0.isVerbatim,
              probability: $0.logProbability.probability
            )
          }
        )
      },
      chosen: reading.joint.choice.map { reading.passages[$0.entry].passage.id },
      confidence: reading.shortConfidence,
      least: reading.calibration.leastShort,
      isShown: isShown,
      features: Dictionary(
        uniqueKeysWithValues: zip(ReadingFeatures.names, reading.joint.features.values)
      )
    )
  }
}
