import Answering
import Knowledge
import Testing

/// What the words of a question say about what it asks for.
@Suite struct QuestionWordTests {
  @Test(arguments: [
    ("How many orders were shipped?", QuestionType.number),
    ("How much does the permit cost", .number),
    ("how LONG is the warranty", .number),
    ("What is the maximum load?", .number),
    ("Which rate applies", .number),
    ("What voltage does it need?", .number),
    ("When was it founded?", .time),
    ("What date is the deadline", .time),
    ("How soon can I order again", .time),
    ("Since what year", .time),
    ("Who approves travel?", .person),
    ("To whom do I report", .person),
    ("Whose badge is this", .person),
    ("Which team owns it", .person),
    ("Where is the warehouse?", .place),
    ("What city is it in", .place),
    ("Why did it fail?", .reason),
    ("How do I reset the valve?", .manner),
    ("What is a ferret?", .other),
    ("Tell me about ferrets", .other),
    ("price of the pump", .number),
    ("deadline for claims", .time),
    ("", .other),
    ("🦊?", .other),
  ])
  func questionTypes(_ example: (question: String, type: QuestionType)) {
    #expect(QuestionType(example.question) == example.type)
  }

  @Test(arguments: [
    (
      "how many orders were shipped", CalculationRequest.Operation.count,
      ["orders", "were", "shipped"]
    ),
    ("what is the number of customers", .count, ["customers"]),
    ("count the open tickets", .count, ["the", "open", "tickets"]),
    ("the average freight per order", .average, ["freight", "per", "order"]),
    ("total freight of all orders", .sum, ["freight", "of", "all", "orders"]),
    ("how much did we pay in total", .sum, ["did", "we", "pay", "in"]),
    ("which customer placed the most orders", .rank, ["customer", "placed", "the", "orders"]),
    ("top 5 products by sales", .rank, ["products", "by", "sales"]),
    ("the three cheapest pumps", .rank, ["the", "three", "pumps"]),
  ])
  func operations(
    _ example: (question: String, operation: CalculationRequest.Operation, object: [String])
  ) throws {
    let mention = try #require(
      OperationMention(in: QueryTerms.allWords(of: example.question)),
      "\(example.question)"
    )
    #expect(mention.operation == example.operation)
    let last = mention.object.suffix(example.object.count)
    #expect(Array(last) == example.object, "\(example.question)")
  }

  @Test(arguments: [
    "who approves travel", "how much does it cost", "how do i reset it", "what number do i dial",
    "the top of the shelf", "", "how", "number", "top",
  ])
  func noOperation(question: String) {
    #expect(OperationMention(in: QueryTerms.allWords(of: question)) == nil)
  }

  @Test func overAll() {
    func mention(_ question: String) -> OperationMention? {
      OperationMention(in: QueryTerms.allWords(of: question))
    }
    #expect(mention("how many orders in total")?.isOverAll == true)
    #expect(mention("how many orders were late")?.isOverAll == false)
  }

  @Test(arguments: [
    ("orders", "order"), ("order", "order"), ("reviewed", "review"), ("reviews", "review"),
    ("reviewing", "review"), ("policies", "policy"), ("policy", "policy"), ("boxes", "box"),
    ("box", "box"), ("classes", "class"), ("class", "class"), ("stopped", "stop"), ("stop", "stop"),
    ("hours", "hour"), ("approve", "approv"), ("approved", "approv"), ("approves", "approv"),
    ("bus", "bus"), ("analysis", "analysis"), ("is", "is"), ("red", "red"), ("2024s", "2024s"),
    ("inv07", "inv07"), ("größe", "größ"), ("寿司", "寿司"), ("", ""), ("s", "s"), ("sing", "sing"),
    ("need", "need"), ("string", "str"),
  ])
  func stems(_ example: (word: String, stem: String)) {
    #expect(LightStemmer.stem(example.word) == example.stem)
  }

  @Test(arguments: [
    ["order", "orders"], ["ship", "ships", "shipped", "shipping"], ["ferry", "ferries"],
    ["batch", "batches"], ["replace", "replaces", "replaced", "replacing"], ["wash", "washes"],
  ])
  func wordsOfOneFamilyMeet(family: [String]) {
    #expect(Set(LightStemmer.stems(of: family)).count == 1)
  }

  @Test(arguments: [
    ("It costs 450 kroner.", QuestionType.number, Bool?.some(true)),
    ("It costs four kroner.", .number, true),
    ("It costs little.", .number, false),
    ("The office opens on Monday.", .time, true),
    ("Since 1998.", .time, true),
    ("The office opens soon.", .time, false),
    ("Requests go to Ingrid Moe.", .person, true),
    // A sentence begins with a capital letter whatever it says.
    ("Requests go to the office.", .person, false),
    // The name in the question is not the answer.
    ("Requests go to Attune.", .person, false),
    ("It lies in Bergen.", .place, true),
    ("Because it was wet.", .reason, nil),
    ("Turn it twice.", .manner, nil),
    ("Anything.", .other, nil),
    ("", .number, false),
  ])
  func answerShapes(_ example: (text: String, type: QuestionType, matches: Bool?)) {
    let shape = AnswerShape(
      example.text,
      lowercaseWords: QueryTerms.allWords(of: example.text),
      questionStems: [LightStemmer.stem("attune")]
    )
    #expect(shape.matches(example.type) == example.matches, "\(example.text)")
  }
}
