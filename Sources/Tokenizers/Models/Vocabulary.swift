/// Tokens and their ids.
///
/// Tokens are told apart by their bytes: `String` takes composed and decomposed spellings for
/// equal, a vocabulary does not.
struct Vocabulary: Sendable {
  /// Larger ids are refused, so that a damaged file cannot ask for all memory.
  static let largestID = 1 << 22

  private(set) var table: ByteStringTable
  private var tokens: [String?] = []
  private(set) var specialIDs: Set<Int32> = []

  /// One more than the largest id.
  var limit: Int { tokens.count }

  /// How many tokens have an id.
  private(set) var count = 0

  init(expected: Int) {
    table = ByteStringTable(expected: expected)
    tokens.reserveCapacity(expected)
  }

  /// Adds a token; an error names `subject`, the file it comes from.
  mutating func add(_ token: String, id: Int, subject: String) throws(TokenizerError) {
    guard id >= 0, id <= Self.largestID else {
      throw TokenizerError(
        .invalidVocabulary,
        "The id \(id) of a token is outside 0...\(Self.largestID).",
        subject: subject,
        remedy: "Get the model again."
      )
    }
    if id >= tokens.count {
      tokens.append(contentsOf: repeatElement(nil, count: id + 1 - tokens.count))
    }
    if tokens[id] == nil { count += 1 }
    tokens[id] = token
    table.insert(token.utf8, id: Int32(id))
  }

  /// Changes how the token of a known id is shown, not how it is found.
  mutating func respell(_ id: Int32, as token: String) { tokens[Int(id)] = token }

  mutating func markSpecial(_ id: Int32) { specialIDs.insert(id) }

  func id(_ token: String) -> Int32? { table.id(of: Array(token.utf8)) }

  func token(_ id: Int32) -> String? {
    id >= 0 && Int(id) < tokens.count ? tokens[Int(id)] : nil
  }

  /// Every token with its id.
  func forEach(_ body: (_ token: String, _ id: Int32) -> Void) {
    for (id, token) in tokens.enumerated() {
      if let token { body(token, Int32(id)) }
    }
  }
}
