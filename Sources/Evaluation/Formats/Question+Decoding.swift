extension Question {
  /// Reads a question. `id` (text or whole number) and `question` must be there; without `kind` a
  /// question with answers is a lookup and one without is unanswerable.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: DecodingKeys.self)
    id = try values.decode(FlexibleID.self, forKey: .id).text
    question = try values.decode(String.self, forKey: .question)
    answers = try values.decodeIfPresent([String].self, forKey: .answers) ?? []
    kind =
      try values.decodeIfPresent(Kind.self, forKey: .kind)
      ?? (answers.isEmpty ? .unanswerable : .lookup)
    fact = try values.decodeIfPresent(String.self, forKey: .fact)
    wording = try values.decodeIfPresent(Int.self, forKey: .wording) ?? 1
    topic = try values.decodeIfPresent(String.self, forKey: .topic)
    places = try values.decodeIfPresent([Place].self, forKey: .places) ?? []
    split = try values.decodeIfPresent(String.self, forKey: .split)
    evaluationProtocol = try values.decodeIfPresent(String.self, forKey: .evaluationProtocol)
    table = try values.decodeIfPresent(String.self, forKey: .table)
  }

  private enum DecodingKeys: String, CodingKey {
    case id, question, answers, kind, fact, wording, topic, places, split, table
    case evaluationProtocol = "protocol"
  }
}
