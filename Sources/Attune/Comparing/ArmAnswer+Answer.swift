import Answering
import Documents
import Evaluation

extension ArmAnswer.Outcome {
  init(_ outcome: Answer.Outcome) {
    self =
      switch outcome {
      case .answered: .answered
      case .abstained: .abstained
      case .calculation: .calculation
      }
  }
}

extension ArmAnswer.Place {
  init(_ citation: Citation) {
    var table: String?
    var key: String?
    if case .row(table: let name, key: let row) = citation.location.origin {
      (table, key) = (name, row)
    }
    self.init(
      url: citation.url,
      // A table is a document of its own, named behind its database.
      document: String(citation.document.split(separator: "#").first ?? ""),
      table: table,
      key: key,
      quote: citation.quote
    )
  }
}
