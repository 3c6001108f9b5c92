import Answering
import Attune
import Documents
import Knowledge

/// What `attune ask --json` prints.
struct AnswerOutput: Encodable {
  struct CitationOutput: Encodable {
    let marker: Int
    let url: String
    /// The web page that the document was read from.
    let pageUrl: String?
    let document: String
    let location: LocationOutput
    let column: String?
    let quote: String
    let verified: Bool

    init(_ citation: Citation, in configuration: WorkspaceConfiguration) {
      marker = citation.marker
      url = citation.url
      pageUrl = configuration.pageURL(of: citation.url)
      document = citation.document
      location = LocationOutput(citation.location)
      column = citation.column
      quote = citation.quote
      verified = citation.verified
    }
  }

  struct Nearest: Encodable {
    let url: String
    let document: String
    let score: Double
    let text: String
  }

  struct Sentence: Encodable {
    struct Fault: Encodable {
      let kind: String
      /// What the fault is about, such as the name that no passage holds.
      let text: String?
    }

    let text: String
    let supported: Bool
    let markers: [Int]
    let faults: [Fault]

    init(_ sentence: GroundedSentence) {
      text = sentence.text
      supported = sentence.isSupported
      markers = sentence.citations.map(\.marker)
      faults = sentence.faults.map { Fault(kind: $0.kind.rawValue, text: $0.text) }
    }
  }

  struct Short: Encodable {
    let text: String
    let markers: [Int]
    /// Whether it stands to the letter at the place cited.
    let verbatim: Bool
    let confidence: Double

    init(_ answer: ShortAnswer) {
      text = answer.text
      markers = answer.markers
      verbatim = answer.isVerbatim
      confidence = answer.confidence
    }
  }

  struct Usage: Encodable {
    let promptTokens: Int
    let completionTokens: Int
  }

  let id: String
  /// The answer's own identifier, for `attune trace`; in a batch `id` is the input's.
  let answerId: String
  let question: String
  let answer: String
  /// The answer in a few words; absent where there is none.
  let shortAnswer: Short?
  let abstained: Bool
  let outcome: Answer.Outcome
  let confidence: Double
  let generator: String
  let arm = "rag"
  /// What a generator wrote, sentence by sentence; empty where the answer is quotes.
  let sentences: [Sentence]
  let citations: [CitationOutput]
  let calculation: CalculationRequest?
  let nearest: [Nearest]
  let usage: Usage
  let contextNote: String?
  let timingsMs: AnswerTimings

  init(_ answer: Answer, in configuration: WorkspaceConfiguration, inputID: String? = nil) {
    id = inputID ?? answer.id
    answerId = answer.id
    question = answer.question
    self.answer = answer.text
    shortAnswer = answer.shortAnswer.map(Short.init)
    abstained = answer.abstained
    outcome = answer.outcome
    confidence = answer.confidence
    generator = answer.generator
    sentences = answer.sentences.map(Sentence.init)
    contextNote = answer.contextNote
    citations = answer.citations.map { CitationOutput($0, in: configuration) }
    calculation = answer.calculation
    nearest = answer.nearest.map { hit in
      Nearest(
        url: hit.passage.url,
        document: hit.passage.document.path,
        score: hit.score,
        text: hit.passage.passage.text
      )
    }
    usage = Usage(promptTokens: answer.promptTokens, completionTokens: answer.completionTokens)
    timingsMs = answer.timings
  }
}
