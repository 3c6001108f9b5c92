import Attune
import FineTuning
import Foundation

/// Shows what is known of an adapter.
enum AdapterPresenter {
  static func describe(_ record: AdapterRecord) {
    Terminal.line(
      "\(Terminal.safeLine(record.name)): \(record.role.rawValue), for "
        + Terminal.safeLine(record.baseModel)
    )
    Terminal.line(
      "  \(record.origin.rawValue) \(Figures.moment(record.created.timeIntervalSince1970))"
    )
    if let dataset = record.dataset, let examples = record.examples {
      Terminal.line(
        "  from \(Figures.plural(examples.train, "example")) of \(Terminal.safeLine(dataset))"
          + (record.datasetVersion.map { ", version \($0)" } ?? "")
      )
    }
    if record.isWholeModel { Terminal.line("  a model of its own: all weights were trained") }
    if let parent = record.parent { Terminal.line("  goes on from \(Terminal.safeLine(parent))") }
    if let seconds = record.seconds, let tokens = record.tokens {
      Terminal.line("  trained in \(Figures.seconds(seconds)), \(Figures.grouped(tokens)) tokens")
    }
    if let evaluations = record.curve?.evaluations, let first = evaluations.first,
      let best = evaluations.min(by: { $0.loss < $1.loss })
    {
      Terminal.line(
        "  validation loss \(loss(first.loss)) before, \(loss(best.loss)) at step \(best.step)"
      )
    }
    if let heldOut = record.heldOut { Terminal.line("  held out: " + text(of: heldOut)) }
    if let general = record.general { Terminal.line("  general text: " + text(of: general)) }
    if let retrieval = record.retrieval {
      Terminal.line("  held-out questions: " + text(of: retrieval))
    }
    if let general = record.generalRetrieval {
      Terminal.line("  general sentences: " + text(of: general))
    }
    if let strength = record.strength {
      Terminal.line(
        record.role == .reranker
          ? "  a sure answer adds \(Figures.decimal(strength, places: 2)) to a passage's score"
          : "  strength \(Figures.decimal(strength, places: 2))"
      )
    }
    if let seconds = record.secondsPerQuestion {
      Terminal.line("  reads \(Figures.seconds(seconds)) for a question")
    }
  }

  private static func text(of comparison: LossComparison) -> String {
    var text =
      "loss \(loss(comparison.before)) → \(loss(comparison.after)) "
      + "(\(comparison.difference > 0 ? "+" : "")\(loss(comparison.difference))"
    if let lower = comparison.lower, let upper = comparison.upper {
      text += ", 95% \(loss(lower)) to \(loss(upper))"
    }
    text += ") over \(Figures.plural(comparison.texts, "text"))"
    if comparison.isBetter { return text + ": better" }
    if comparison.lower == nil { return text + ": too few documents to tell" }
    return text + (comparison.isWorse ? ": worse" : ": not distinguishable")
  }

  private static func text(of comparison: RetrievalComparison) -> String {
    var text =
      "nDCG@10 \(loss(comparison.before)) → \(loss(comparison.after)) "
      + "(\(comparison.difference > 0 ? "+" : "")\(loss(comparison.difference))"
    if let lower = comparison.lower, let upper = comparison.upper {
      text += ", 95% \(loss(lower)) to \(loss(upper))"
    }
    text +=
      ") over \(Figures.plural(comparison.questions, "question")) among "
      + "\(Figures.plural(comparison.passages, "passage"))"
    if comparison.isBetter { return text + ": better" }
    if comparison.lower == nil { return text + ": too few documents to tell" }
    return text + (comparison.isWorse ? ": worse" : ": not distinguishable")
  }

  private static func loss(_ value: Double) -> String { Figures.decimal(value, places: 3) }
}
