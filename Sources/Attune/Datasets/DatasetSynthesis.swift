import Answering
import Crypto
import Datasets
import Documents
import Foundation
import Knowledge
import Store

/// Makes examples from the documents of a workspace.
struct DatasetSynthesis {
  let store: KnowledgeStore
  let request: SynthesisRequest
  /// Questions that a generator is asked for at once.
  private static let perReply = 3

  /// A passage with what it is known by.
  private struct Passage {
    let stored: StoredPassage
    let text: SynthesisPassage
  }

  /// The passages that examples can be made from, in the order of sources and paths.
  private func passages() throws -> [Passage] {
    try store.documents(matching: SearchFilter(sources: request.sources)).flatMap { document in
      try store.passages(ofDocument: document.id, ordinals: 0..<Int.max)
        .filter { !$0.passage.isTable }
        .map { Passage(stored: $0, text: Self.passage($0)) }
    }
  }

  private static func passage(_ stored: StoredPassage) -> SynthesisPassage {
    let passage = stored.passage
    let start = passage.location.characters.lowerBound
    let source = AnswerExample.source(stored)
    return SynthesisPassage(
      text: passage.text,
      title: stored.document.title,
      headings: passage.headings,
      place: source.place,
      document: source.document,
      documentHash: source.documentHash,
      columns: passage.fields.map { field in
        let range = field.characters
        return .init(
          name: field.column,
          value: slice(passage.text, (range.lowerBound - start)..<(range.upperBound - start))
        )
      }
    )
  }

  /// Makes examples that are not known yet.
  ///
  /// - Parameters:
  ///   - known: Identifiers of what the dataset holds.
  ///   - session: Searches for distractors; needed where there are to be some.
  ///   - generator: Writes questions; needed where it is to.
  ///   - progress: Takes how many examples there are so far.
  /// - Returns: The examples, how many passages were looked at, and how many questions of the
  ///   generator were refused.
  /// - Throws: What reading, searching and generating throw.
  func run(
    known: Set<String>,
    session: WorkspaceSession?,
    generator: (any TextGenerator)?,
    progress: (Int) -> Void
  ) async throws -> (examples: [NewExample], passages: Int, refused: Int) {
    let passages = try passages()
    var examples: [Example]
    var refused = 0
    if let generator {
      (examples, refused) = try await written(passages, by: generator, known: known, progress)
    } else {
      examples = ExampleSynthesizer(
        kinds: request.kinds,
        perPassage: request.perPassage,
        seed: request.seed
      ).examples(from: passages.map(\.text)).filter { !known.contains($0.identifier) }
      examples = Array(ranked(examples, by: \.identifier).prefix(request.count))
    }
    let byPlace = Dictionary(
      passages.map { ($0.text.place, $0.stored) },
      uniquingKeysWith: { first, _ in first }
    )
    var new: [NewExample] = []
    for example in examples {
      new.append(
        try stored(example, passage: example.source.flatMap { byPlace[$0.place] }, session)
      )
      progress(new.count)
    }
    return (new, passages.count, refused)
  }

  private func written(
    _ passages: [Passage],
    by generator: any TextGenerator,
    known: Set<String>,
    _ progress: (Int) -> Void
  ) async throws -> (examples: [Example], refused: Int) {
    var examples: [Example] = []
    var seen = known
    var refused = 0
    let prose = passages.filter { $0.text.columns.isEmpty }
    for passage in ranked(prose, by: \.text.place) where examples.count < request.count {
      do {
        let made = try await GeneratedExamples.make(from: passage.text, count: Self.perReply) {
          try await generator.generate(
            GenerationRequest(messages: [.init(.user, $0)], seed: request.seed)
          ).text
        }
        refused += made.rejections.count
        for example in made.examples.prefix(request.count - examples.count)
        where seen.insert(example.identifier).inserted {
          examples.append(example)
        }
      } catch let error as DatasetError where error.code == .malformed {
        refused += 1
      }
      progress(examples.count)
    }
    return (examples, refused)
  }

  /// The example with passages that do not help, and with all that it took from documents.
  private func stored(
    _ example: Example,
    passage: StoredPassage?,
    _ session: WorkspaceSession?
  ) throws -> NewExample {
    guard let passage else { return NewExample(example, state: request.state) }
    var example = example
    let question = example.question ?? ""
    // Titles and headings stand in some questions; then they are part of what was taken.
    let names = ([passage.document.title] + passage.passage.headings)
      .filter { !$0.isEmpty && question.contains($0) }
    var evidence = [
      ExampleEvidence(
        document: AnswerExample.document(passage.document),
        texts: [passage.passage.text] + names,
        documentHash: passage.document.contentHash
      )
    ]
    if request.distractors > 0, let session {
      // Some hits hold the answer and cannot be used.
      let hits = try session.search(question, limit: request.distractors * 2 + 4)
      for hit in hits where example.distractors.count < request.distractors {
        let text = hit.passage.passage.text
        guard hit.passage.id != passage.id, text != example.passage,
          !text.lowercased().contains((example.answer ?? "").lowercased())
        else { continue }
        example.distractors.append(text)
        evidence.append(
          ExampleEvidence(
            document: AnswerExample.document(hit.passage.document),
            texts: [text],
            documentHash: hit.passage.document.contentHash
          )
        )
      }
    }
    return NewExample(example, state: request.state, evidence: evidence)
  }

  /// Things in an order that depends on the seed and each of them alone.
  private func ranked<Thing>(_ things: [Thing], by name: (Thing) -> String) -> [Thing] {
    things.map { thing in
      let digest = SHA256.hash(data: Data("\(request.seed):\(name(thing))".utf8))
      return (rank: digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, thing: thing)
    }
    .sorted { $0.rank < $1.rank }
    .map(\.thing)
  }
}
