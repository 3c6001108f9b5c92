/// One item to train on: a conversation whose assistant turns are to be learnt, with where it came from.
///
/// A question with its answer is a conversation of two messages. Where the passage that holds the
/// answer is known it stands beside them, so that the same example trains a generator (with or without
/// the passage in its context), an embedder and a reranker.
public struct Example: Sendable, Hashable, Codable {
  /// One turn.
  public struct Message: Sendable, Hashable, Codable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
      case system, user, assistant, tool
    }

    /// Who speaks.
    public var role: Role
    /// What is said.
    public var content: String
    /// Whether its tokens are learnt. Only an assistant's are.
    public var isLearnt: Bool

    /// A message; an assistant's is learnt unless said otherwise.
    public init(_ role: Role, _ content: String, isLearnt: Bool? = nil) {
      self.role = role
      self.content = content
      self.isLearnt = isLearnt ?? (role == .assistant)
    }
  }

  /// Where an example's content came from in the user's documents.
  public struct Source: Sendable, Hashable, Codable {
    /// The place: `attune://…`, or the name of the file that was imported.
    public var place: String
    /// What it must not be separated from when examples are split: the document.
    public var document: String
    /// The hash of the document's text when the example was made; nil where it is not known.
    public var documentHash: String?

    /// A place in a document.
    public init(place: String, document: String, documentHash: String? = nil) {
      self.place = place
      self.document = document
      self.documentHash = documentHash
    }
  }

  /// How an example came to be.
  public enum Origin: String, Sendable, Hashable, Codable, CaseIterable {
    /// Read from a file.
    case imported
    /// A question that was asked and the answer that was given.
    case asked
    /// A person's correction or approval of an answer.
    case feedback
    /// Made from a document.
    case synthesized
  }

  /// Which part of the data an example belongs to.
  public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
    /// Trained on.
    case train
    /// Looked at during training, to stop in time.
    case validation
    /// Looked at once, to measure.
    case test
  }

  /// The conversation, in order.
  public var messages: [Message]
  /// How the example came to be.
  public var origin: Origin
  /// The passage that holds the answer, as text.
  public var passage: String?
  /// Passages that do not hold it, though they look as if they might.
  public var distractors: [String]
  /// Where the content came from.
  public var source: Source?
  /// The part of the data that it belongs to; nil before the data is split.
  public var split: Split?

  /// An example.
  public init(
    _ messages: [Message],
    origin: Origin,
    passage: String? = nil,
    distractors: [String] = [],
    source: Source? = nil,
    split: Split? = nil
  ) {
    self.messages = messages
    self.origin = origin
    self.passage = passage
    self.distractors = distractors
    self.source = source
    self.split = split
  }

  /// A question with its answer.
  public init(
    question: String,
    answer: String,
    origin: Origin,
    passage: String? = nil,
    distractors: [String] = [],
    source: Source? = nil,
    split: Split? = nil
  ) {
    self.init(
      [Message(.user, question), Message(.assistant, answer)],
      origin: origin,
      passage: passage,
      distractors: distractors,
      source: source,
      split: split
    )
  }

  /// What the last answer answers: the last user message before it.
  public var question: String? {
    let answered = messages.lastIndex { $0.role == .assistant } ?? messages.endIndex
    return messages[..<answered].last { $0.role == .user }?.content
  }

  /// The last thing that the assistant says.
  public var answer: String? {
    messages.last { $0.role == .assistant }?.content
  }
}
