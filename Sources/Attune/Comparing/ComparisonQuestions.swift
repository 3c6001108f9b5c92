import Datasets
import Documents
import Evaluation
import Foundation
import Knowledge
import LanguageModels
import Store

/// The questions of a comparison, and what the trained arms are trained on.
struct ComparisonQuestions {
  /// What is asked, in the order of the file.
  let asked: [Question]
  /// What is trained on; empty where there is nothing.
  let training: [Example]
  /// The company's wordings and answers that are trained on, for reports.
  let data: ComparisonData
  /// Whether a question's fact is trained on in other words, where that is known.
  let known: [String: Bool]
  /// What a reader of the report should know of the questions.
  let remarks: [String]
  private let trainedAnswers: [String: [String]]

  /// Reads, divides and checks the questions.
  ///
  /// - Throws: ``AttuneError`` with code `comparisonInvalid` where nothing is left to ask, and what is
  ///   wrong with the files.
  init(
    _ request: ComparisonRequest,
    in workspace: Workspace,
    session: WorkspaceSession,
    changesPerDay: Double?
  ) throws {
    let all = try QuestionSource(workspace: workspace).read(request.questions)
    let part = request.split ?? (all.contains { $0.split == "test" } ? "test" : nil)
    let wanted = all.filter { part == nil ? $0.split != "train" : $0.split == part }
    let finder = try GoldPassageFinder(session.store)
    var trainingSource: String?
    var training: [Example] = []
    let own = all.filter { $0.split == "train" && $0.isAnswerable && $0.kind != .countSum }
    if let source = request.training {
      training = try workspace.examples(of: source)
      trainingSource = source.name
    } else if !own.isEmpty {
      training = try own.map { try Self.example($0, finder) }
      trainingSource = "the questions' part “train”"
    } else if let kept = try? workspace.trainingExamples(dataset: Workspace.defaultDataset),
      !kept.examples.isEmpty
    {
      training = kept.examples.filter { $0.split == nil || $0.split == .train }
      trainingSource = "dataset \(Workspace.defaultDataset)"
    }
    let (left, excluded) = Self.excluding(wanted, trained: training.compactMap(\.question))
    var asked = left
    if let limit = request.limit, limit < left.count {
      var generator = SeededGenerator(seed: request.seed)
      let drawn = Set(left.indices.shuffled(using: &generator).prefix(limit))
      asked = left.indices.filter(drawn.contains).map { left[$0] }
    }
    guard !asked.isEmpty else {
      throw AttuneError(
        .comparisonInvalid,
        wanted.isEmpty
          ? "There are no questions to ask\(part.map { " in the part “\($0)”" } ?? "")."
          : "None of the \(wanted.count) questions is left: all are trained on, repeated or without "
            + "an answer.",
        subject: request.questions.name,
        remedy: "Add questions of your own, or name the part with --split."
      )
    }
    self.asked = asked
    self.training = training
    known = Self.known(asked, own: own, training: training)
    trainedAnswers = Dictionary(grouping: training) {
      AnswerMetrics.normalized($0.answer ?? "")
    }.mapValues { $0.map(\.identifier) }
    let clusters = Set(asked.map(\.cluster)).count
    data = ComparisonData(
      source: URL(fileURLWithPath: request.questions.name).lastPathComponent,
      questions: asked.count,
      answerable: asked.count(where: \.isAnswerable),
      unanswerable: asked.count { !$0.isAnswerable },
      clusters: clusters,
      known: known.isEmpty ? nil : known.values.count { $0 },
      new: known.isEmpty ? nil : known.values.count { !$0 },
      excluded: excluded,
      trainingSource: trainingSource,
      trainingExamples: training.count,
      changesPerDay: changesPerDay
    )
    let lost = asked.filter { question in
      !question.places.isEmpty && question.places.allSatisfy { finder.documents(at: $0).isEmpty }
    }
    remarks =
      lost.isEmpty
      ? []
      : [
        "\(lost.count) questions name documents that the workspace does not hold, such as "
          + "“\(lost[0].places[0].document)”; their citations cannot be right."
      ]
  }

  /// The training examples whose answer an answer repeats; at most three.
  func trained(on answer: String) -> [String] {
    let text = AnswerMetrics.normalized(answer)
    return text.isEmpty ? [] : Array((trainedAnswers[text] ?? []).prefix(3))
  }

  /// What is trained on once facts have changed: the examples that teach an old answer of a changed
  /// document teach the new one, from the passage that now holds it.
  ///
  /// - Throws: what the store throws.
  func training(
    after changed: DocumentChanges,
    in session: WorkspaceSession
  ) throws -> [Example] {
    let finder = try GoldPassageFinder(session.store)
    return try training.map { example in
      guard let document = example.source?.document, let question = example.question,
        let change = changed.changes.first(where: { change in
          change.document == document
            && AnswerMetrics.exactMatch(example.answer ?? "", accepted: change.oldAnswers)
        })
      else { return example }
      let now = Question(
        id: "",
        question: question,
        answers: change.newAnswers,
        places: [Question.Place(document: document)]
      )
      return try Self.example(now, finder)
    }
  }

  private static func example(_ question: Question, _ finder: GoldPassageFinder) throws -> Example {
    let passage = try finder.passage(of: question)
    return Example(
      question: question.question,
      answer: question.answers.first ?? "",
      origin: .imported,
      passage: passage?.passage.text,
      source: question.places.first.map {
        Example.Source(place: passage?.url ?? $0.document, document: $0.document)
      },
      split: .train
    )
  }

  /// Takes out what cannot measure.
  private static func excluding(
    _ questions: [Question],
    trained: [String]
  ) -> (left: [Question], excluded: [ComparisonData.Exclusion]) {
    var excluded: [ComparisonData.Exclusion] = []
    func exclude(
      _ question: Question,
      _ reason: ComparisonData.Exclusion.Reason,
      like: String? = nil
    ) {
      excluded.append(
        .init(question: question.id, wording: question.question, reason: reason, like: like)
      )
    }
    var seen: [String: String] = [:]
    let matches = SimilarWordings.matches(of: questions.map(\.question), among: trained)
    let left = zip(questions, matches).filter { question, match in
      if let match {
        exclude(question, .trained, like: trained[match])
        return false
      }
      if question.answers.isEmpty, question.kind != .unanswerable, question.kind != .countSum {
        exclude(question, .noAnswer)
        return false
      }
      let wording = AnswerMetrics.normalized(question.question)
      if let earlier = seen.updateValue(seen[wording] ?? question.question, forKey: wording) {
        exclude(question, .duplicate, like: earlier)
        return false
      }
      return true
    }
    return (left.map(\.0), excluded)
  }

  /// Which facts are trained on: as the file says, by the facts it names, or by document and answer.
  private static func known(
    _ asked: [Question],
    own: [Question],
    training: [Example]
  ) -> [String: Bool] {
    let facts = Set(own.compactMap(\.fact))
    let pairs = Set(
      training.map { [$0.source?.document ?? "", AnswerMetrics.normalized($0.answer ?? "")] }
    )
    let documents = Set(training.compactMap { $0.source?.document })
    guard !training.isEmpty else { return [:] }
    return asked.reduce(into: [:]) { known, question in
      guard question.isAnswerable else { return }
      switch question.evaluationProtocol {
      case "known": known[question.id] = true
      case "new": known[question.id] = false
      default:
        if let fact = question.fact, !facts.isEmpty {
          known[question.id] = facts.contains(fact)
        } else if let place = question.places.first {
          let isPair = question.answers.contains {
            pairs.contains([place.document, AnswerMetrics.normalized($0)])
          }
          if isPair { known[question.id] = true }
          if !documents.contains(place.document) { known[question.id] = false }
        }
      }
    }
  }
}
