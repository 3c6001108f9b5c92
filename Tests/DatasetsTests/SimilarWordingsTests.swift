import Datasets
import Testing

/// What was trained on in nearly the same words is found; what only looks like it is not.
struct SimilarWordingsTests {
  private let known = [
    "How many days of parental leave do employees get?",
    "Which berth does the Grey Plover have?",
    "What is the list price of the Korvet 5 logger?",
    "Who approves travel expenses above 400 euros?",
    "Why?",
  ]

  @Test(arguments: [
    ("How many days of parental leave do employees get?", 0),
    ("how many days of parental leave do employees get", 0),
    ("How many days of parental leave does an employee get?", 0),
    ("Employees get how many days of parental leave?", 0),
    ("How many days of parental leave do employess get?", 0),
    ("Which berth has the Grey Plover?", 1),
    ("What's the list price of the Korvet 5 logger, please?", 2),
    ("Who approves expenses above 400 euros for travel?", 3),
    ("Why?", 4),
  ])
  func aRewordedQuestionIsFound(_ asked: String, _ index: Int) {
    #expect(SimilarWordings.matches(of: [asked], among: known) == [index])
  }

  @Test(arguments: [
    "How many days of sick leave do employees get?",
    "Which berth does the Sea Lark have?",
    "What is the list price of the Korvet 7 logger?",
    "What is the weight of the Korvet 5 logger?",
    "Who approves travel expenses above 900 euros?",
    "Who never approves travel expenses above 400 euros?",
    "When?",
    "",
  ])
  func anotherQuestionIsNot(_ asked: String) {
    #expect(SimilarWordings.matches(of: [asked], among: known) == [nil])
  }

  @Test func nothingMatchesNothing() {
    #expect(SimilarWordings.matches(of: [], among: known).isEmpty)
    #expect(SimilarWordings.matches(of: ["Who?"], among: []) == [nil])
  }
}
