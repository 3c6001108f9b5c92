import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
  private func error(_ body: () throws -> Void) -> EvaluationError? {
    do { try body() } catch { return error as? EvaluationError }
    return nil
  }

  @Test func questionsAreReadWithTheirPlaces() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write(
      """
      \u{FEFF}{"id":"q-1","question":"What does a Silla cost?","answers":["2,265"],"kind":"number",\
      "fact":"f-1","wording":2,"topic":"prices","split":"test","protocol":"known","colour":"red",\
      "places":[{"document":"prices.md","quote":"2,265 EUR"}],"table":null}\r
      \r
      {"id":7,"question":"Who founded Rome?","answers":[],"topic":"history"}
      {"id":"q-3","question":"How many orders?","answers":["12"],"kind":"count_sum","table":"orders",\
      "split":null,"protocol":null,"places":[{"document":"db.sqlite","table":"orders","key":"3"}]}

      """,
      to: "questions.jsonl"
    )
    let questions = try QuestionFile.read(file)
    #expect(questions.map(\.id) == ["q-1", "7", "q-3"])
    #expect(questions[0].evaluationProtocol == "known" && questions[0].wording == 2)
    #expect(questions[0].places == [Question.Place(document: "prices.md", quote: "2,265 EUR")])
    #expect(questions.map(\.kind) == [.number, .unanswerable, .countSum])
    #expect(questions.map(\.isAnswerable) == [true, false, true])
    #expect(questions.map(\.cluster) == ["prices.md", "topic:history", "db.sqlite#orders"])
    let copy = try JSONDecoder().decode([Question].self, from: JSONEncoder().encode(questions))
    #expect(copy == questions)
  }

  @Test(arguments: [
    ("{\"id\":\"a\",\"question\":\"x\"}\n{\"id\":", EvaluationError.Code.malformed, 2),
    ("{\"id\":\"a\",\"question\":\"x\"}\n\n{\"id\":\"a\",\"question\":\"y\"}", .duplicate, 3),
    ("{\"id\":\"a\"}", .malformed, 1),
    ("{\"id\":\"a\",\"question\":\"  \"}", .malformed, 1),
    ("{\"id\":\"a\",\"question\":\"x\",\"answers\":\"y\"}", .malformed, 1),
    ("[1]", .malformed, 1),
  ])
  func faultyQuestionsNameFileAndLine(text: String, code: EvaluationError.Code, line: Int) throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write(text, to: "questions.jsonl")
    let fault = try #require(error { _ = try QuestionFile.read(file) })
    #expect(fault.code == code)
    #expect(fault.subject == "\(file.path):\(line)")
    #expect(!fault.remedy.isEmpty)
  }

  @Test func bytesThatAreNotUTF8AreAFaultOfTheirLine() throws {
    let folder = try TemporaryDirectory()
    let bytes = Data("{\"id\":\"a\",\"question\":\"x\"}\n{\"id\":\"b\",\"question\":\"".utf8)
    let file = try folder.write(bytes + [0xFF, 0xFE, 0x22, 0x7D], to: "questions.jsonl")
    let fault = try #require(error { _ = try QuestionFile.read(file) })
    #expect(fault.code == .malformed && fault.subject.hasSuffix(":2"))
  }

  @Test func aMissingFileIsNamed() throws {
    let fault = try #require(
      error { _ = try QuestionFile.read(URL(fileURLWithPath: "/nowhere/questions.jsonl")) }
    )
    #expect(fault.code == .missing && fault.subject == "/nowhere/questions.jsonl")
  }

  @Test func aDatasetInTheLayoutOfBEIRIsRead() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      "{\"_id\":\"d1\",\"title\":\"T\",\"text\":\"one\",\"metadata\":{}}\n{\"_id\":2,\"text\":\"two\"}\n",
      to: "corpus.jsonl"
    )
    try folder.write(
      "{\"_id\":\"q1\",\"text\":\"first?\"}\n{\"_id\":\"q2\",\"text\":\"second?\"}\n",
      to: "queries.jsonl"
    )
    try folder.write(
      "query-id\tcorpus-id\tscore\r\nq2\td1\t2\r\nq2\t2\t0\r\n",
      to: "qrels/test.tsv"
    )
    let dataset = try BEIRDataset(reading: folder.url)
    #expect(dataset.corpus.map(\.id) == ["d1", "2"] && dataset.corpus[1].title.isEmpty)
    #expect(dataset.queries.map(\.id) == ["q2"])
    #expect(dataset.queries[0].grades == ["d1": 2, "2": 0])

    for (judgements, code, line) in [
      ("q2\td1\t1\nq9\td1\t1\n", EvaluationError.Code.missing, 2),
      ("q2\td9\t1\n", .missing, 1),
      ("q2\td1\t1\nq2\td1\tx\n", .malformed, 2),
      ("q2\td1\t1\nq2\td1\t2\n", .duplicate, 2),
      ("q2 d1 1\n", .malformed, 1),
    ] {
      let file = try folder.write(judgements, to: "qrels/dev.tsv")
      let fault = try #require(
        error { _ = try BEIRDataset(reading: folder.url, split: "dev") }
      )
      #expect(fault.code == code && fault.subject == "\(file.path):\(line)")
    }
    #expect(error { _ = try BEIRDataset(reading: folder.url, split: "train") }?.code == .missing)
  }

  @Test func squadQuestionsKnowTheirParagraphs() throws {
    let folder = try TemporaryDirectory()
    let text = """
      {"version":"v2.0","data":[{"title":"Tides","paragraphs":[{"context":"🌊 High tide at 4.","qas":[
      {"id":"a","question":"When?","answers":[{"text":"4","answer_start":15},{"text":"at 4","answer_start":12},
      {"text":"4","answer_start":15}]},
      {"id":"b","question":"Why?","answers":[],"is_impossible":true}]}]}]}
      """
    let squad = try SQuADFile(reading: folder.write(text, to: "squad.json"))
    #expect(squad.paragraphs.map(\.id) == ["Tides#0"])
    #expect(squad.questions.map(\.answers) == [["4", "at 4"], []])
    #expect(squad.questions.map(\.isAnswerable) == [true, false])
    #expect(squad.questions[0].cluster == "Tides#0")

    for (from, to) in [
      ("15", "16"), ("15", "-1"), ("15", "9223372036854775807"), ("\"b\"", "\"a\""),
    ] {
      let broken = try folder.write(
        text.replacingOccurrences(of: from, with: to),
        to: "broken.json"
      )
      #expect(error { _ = try SQuADFile(reading: broken) }?.subject == broken.path)
    }
  }

  @Test func theExamplesQuestionsHoldTheirAnswers() throws {
    let folder = SharedData.packageRoot.appendingPathComponent("Examples/veldmark/questions")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let files = paths.filter { $0.hasSuffix(".jsonl") }
    #expect(!files.isEmpty)
    for file in files {
      for question in try QuestionFile.read(folder.appendingPathComponent(file)) {
        if question.kind == .unanswerable {
          #expect(question.answers.isEmpty, "\(question.id)")
        } else if question.kind != .countSum, question.kind != .severalDocuments {
          let isHeld = question.places.contains { place in
            AnswerMetrics.contains(place.quote ?? "", accepted: question.answers)
          }
          #expect(isHeld, "\(file), \(question.id): no quote holds an accepted answer")
        }
      }
    }
  }

  // The shared data lie beside the repository and are not part of it.
  @Test(.enabled(if: SharedData.holds("qa/xquad/xquad.en.json"), "needs the shared data"))
  func xquadIsReadWhole() throws {
    let squad = try SQuADFile(reading: SharedData.url("qa/xquad/xquad.en.json"))
    #expect(squad.paragraphs.count == 240)
    #expect(squad.questions.count == 1190)
    #expect(squad.questions.allSatisfy { $0.isAnswerable })
  }
}
