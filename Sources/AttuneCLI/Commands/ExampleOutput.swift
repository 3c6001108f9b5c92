import Datasets

/// An example as JSON.
struct ExampleOutput: Encodable {
  struct Message: Encodable {
    let role: String
    let content: String
    let isLearnt: Bool
  }

  struct Source: Encodable {
    let place: String
    let document: String
    let documentHash: String?
  }

  let id: String
  let dataset: String
  let state: String
  let split: String?
  let origin: String
  /// Seconds since 1970.
  let createdAt: Double
  let answerId: String?
  let stale: Bool
  /// Why it is stale.
  let reason: String?
  let question: String?
  let answer: String?
  /// Empty where the example's text is forgotten.
  let messages: [Message]
  let passage: String?
  let distractors: [String]
  let source: Source?

  init(_ stored: StoredExample) {
    id = stored.id
    dataset = stored.dataset
    state = stored.state.rawValue
    split = stored.split?.rawValue
    origin = stored.origin.rawValue
    createdAt = stored.createdAt
    answerId = stored.answer
    stale = stored.isStale
    reason = stored.fault?.reason
    let example = stored.example
    question = example?.question
    answer = example?.answer
    messages = (example?.messages ?? []).map {
      Message(role: $0.role.rawValue, content: $0.content, isLearnt: $0.isLearnt)
    }
    passage = example?.passage
    distractors = example?.distractors ?? []
    source = (example?.source).map {
      Source(place: $0.place, document: $0.document, documentHash: $0.documentHash)
    }
  }
}
