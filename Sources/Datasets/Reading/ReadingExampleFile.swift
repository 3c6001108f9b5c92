public import Foundation

/// Reads and writes examples as JSON Lines: one object a line with the members `question`, `passage`,
/// `answer`, `start`, `kind` and `source`; those that are nil are left out.
public enum ReadingExampleFile {
  /// The examples of a file.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be read, or a line is no example: its subject
  ///   names the file and the line.
  public static func read(_ url: URL) throws -> [ReadingExample] {
    try JSONLines.read(url) { value throws(ItemFault) in try example(value) }
  }

  /// Writes examples in their order, and replaces the file where there is one.
  ///
  /// - Throws: ``DatasetError`` where the file cannot be written.
  public static func write(_ examples: some Sequence<ReadingExample>, to url: URL) throws {
    var bytes: [UInt8] = []
    for example in examples {
      JSONText.write(item(example), to: &bytes)
      bytes.append(0x0A)
    }
    do {
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw DatasetError(
        .unwritable,
        "The examples could not be written.",
        subject: url.path,
        cause: error.localizedDescription,
        remedy: "See that the folder exists, may be written to and has room."
      )
    }
  }

  private static func item(_ example: ReadingExample) -> JSONValue {
    var members = [JSONValue.Member("question", .string(example.question))]
    if let passage = example.passage { members.append(.init("passage", .string(passage))) }
    if let answer = example.answer { members.append(.init("answer", .string(answer))) }
    if let start = example.start { members.append(.init("start", .number("\(start)"))) }
    members.append(.init("kind", .string(example.kind)))
    members.append(.init("source", .string(example.source)))
    return .object(members)
  }

  private static func example(_ value: JSONValue) throws(ItemFault) -> ReadingExample {
    guard value.isObject else { throw ItemFault("it is \(value.kind), not an object") }
    func text(_ key: String) throws(ItemFault) -> String? {
      guard let member = value[key] else { return nil }
      guard let text = member.string else {
        throw ItemFault("“\(key)” is \(member.kind), not a string")
      }
      return text
    }
    func needed(_ key: String) throws(ItemFault) -> String {
      guard let text = try text(key) else { throw ItemFault("it has no “\(key)”") }
      return text
    }
    var start: Int?
    if let member = value["start"] {
      guard case .number(let digits) = member, let place = Int(digits) else {
        throw ItemFault("“start” is not a whole number")
      }
      start = place
    }
    let example = ReadingExample(
      question: try needed("question"),
      passage: try text("passage"),
      answer: try text("answer"),
      start: start,
      kind: try needed("kind"),
      source: try needed("source")
    )
    guard example.isAligned else {
      throw ItemFault("the answer does not stand in the passage where “start” says")
    }
    return example
  }
}
