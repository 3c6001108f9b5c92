/// What to do first with a recommendation.
struct AdviceNextStep {
  let choice: AdviceChoice
  let shareOfNearWeightings: Double

  /// A recommendation that fewer weightings hold up than this is worth more questions first.
  private static let firm = 0.75
  /// More than this many times the present questions are not asked for.
  private static let reasonable = 10

  var step: Advice.NextStep { moreQuestions ?? use }

  /// More questions, where the recommendation is not firm and they would tell arms apart.
  private var moreQuestions: Advice.NextStep? {
    guard choice.isTie || shareOfNearWeightings < Self.firm else { return nil }
    let most = Double(choice.report.data.questions) * Double(Self.reasonable)
    for other in choice.undecided {
      guard let settling = choice.settling(other), Double(settling.questions) <= most else {
        continue
      }
      return Advice.NextStep(
        sentence: "Ask about \(AdviceChoice.text(of: settling)) and compare again: that would tell "
          + "\(choice.title(choice.best)) from \(choice.title(other)).",
        command: "attune compare <questions>"
      )
    }
    return nil
  }

  /// Putting the arm to use.
  private var use: Advice.NextStep {
    let arm = choice.scores.arms[choice.best].arm
    switch arm.kind {
    case .base:
      return Advice.NextStep(
        sentence: "There is nothing to set up: the model answers alone.",
        command: "attune generate \"<question>\""
      )
    case .retrieval:
      return Advice.NextStep(sentence: "There is nothing to do: attune ask answers in this way.")
    case .fineTuned:
      guard let adapter else {
        return Advice.NextStep(
          sentence: "Train on all of the data.",
          command: "attune tune generator \(training)"
        )
      }
      return Advice.NextStep(
        sentence: "Ask the model with the adapter that was compared.",
        command: "attune generate --adapter \(adapter) \"<question>\""
      )
    case .both:
      guard let adapter else {
        return Advice.NextStep(
          sentence:
            "Train on all of the data, each example beside passages that do not answer it, and "
            + "put the adapter in use.",
          command: "attune tune generator \(training) --distractors 3 --activate"
        )
      }
      return Advice.NextStep(
        sentence: "Put the adapter that was compared in use; attune ask then answers with it.",
        command: "attune adapters activate \(adapter)"
      )
    case .other:
      return Advice.NextStep(
        sentence: "Put \(arm.title) in use as it was compared: \(arm.generator)"
          + "\(arm.retrieves ? ", with passages of the documents" : "")."
      )
    }
  }

  /// The adapter that the arm answered with, as its generator names it: `model + adapter`. A name that
  /// a shell would take apart is not put into a command line.
  private var adapter: String? {
    let parts = choice.scores.arms[choice.best].arm.generator.split(separator: " + ")
    guard parts.count == 2, let name = parts.last, Self.isPlain(name) else { return nil }
    return String(name)
  }

  /// What the tuned arms were trained on, as an option: a dataset, or else files.
  private var training: String {
    guard let source = choice.report.data.trainingSource else { return "--dataset main" }
    let name = source.split(separator: " ")
    guard name.count == 2, name[0] == "dataset", Self.isPlain(name[1]) else {
      return "--data <examples>"
    }
    return "--dataset \(name[1])"
  }

  private static func isPlain(_ name: Substring) -> Bool {
    name.first != "-"
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
          || [0x2D, 0x2E, 0x5F].contains($0)
      }
  }
}
