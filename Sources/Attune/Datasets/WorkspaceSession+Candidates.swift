import Answering
import Datasets
import Foundation
import Logging
import Store

extension WorkspaceSession {
  /// Keeps an answer as a candidate to train on.
  ///
  /// An answer is worth more than the example that it might become: what goes wrong here is logged only.
  func collect(_ answer: Answer, question: String) {
    guard answer.traceFault == nil else { return }
    do {
      guard let candidate = try AnswerExample(store: store).candidate(answer, question: question)
      else { return }
      let time = Date().timeIntervalSince1970
      try store.add([candidate], to: Workspace.defaultDataset, at: time)
    } catch {
      Logger(label: "attune.datasets").warning("An answer could not become a candidate: \(error)")
    }
  }
}
