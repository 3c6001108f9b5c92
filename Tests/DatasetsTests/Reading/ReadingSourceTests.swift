import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ReadingSourceTests {
  @Test func aQuestionOfQEDKeepsItsAnswer() throws {
    let folder = try TemporaryDirectory()
    let line = """
      {"paragraph_text": "It went to Wilhelm Röntgen , of Germany .", "question_text": "who got it", \
      "title_text": "Prize", "answer_spans": [[11, 39]], "answer_text": [""]}
      """
    let list = line.replacing("[[11, 39]]", with: "[[0, 2], [3, 7]]")
    let source = try QEDReader.read([folder.write("\(line)\n\(list)\n", to: "qed.jsonlines")])
    let question = try #require(source.questions.first)
    // A question with several answers is none; its paragraph was there before.
    #expect(source.questions.count == 1 && source.documents.count == 1)
    #expect(question.question == "Who got it?")
    #expect(question.text == "It went to Wilhelm Röntgen, of Germany.")
    let made = ReadingMixture().human([question]).examples.first
    #expect(made?.answer == "Wilhelm Röntgen, of Germany")
  }

  @Test func aMalformedItemNamesItsLine() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write("{\"title_text\": \"x\"}\n", to: "qed.jsonlines")
    let error = #expect(throws: DatasetError.self) { try QEDReader.read([file]) }
    #expect(error?.subject.hasSuffix("line 1") == true)
    let none = folder.url.appending(path: "none.json")
    #expect(throws: DatasetError.self) { try MultihopReader.readHotpot(none, corpus: nil) }
  }

  @Test func stepsOfMuSiQueAreQuestions() throws {
    let folder = try TemporaryDirectory()
    let item = """
      [{"question": "Where was the maker of Oro born?", "answer": "Ulm", "paragraphs": [
      {"title": "Oro", "paragraph_text": "Oro was made by Ada Kern.", "is_supporting": true},
      {"title": "Ada Kern", "paragraph_text": "Ada Kern was born in Ulm.", "is_supporting": true},
      {"title": "Tin", "paragraph_text": "Tin is a metal.", "is_supporting": false}],
      "question_decomposition": [
      {"question": "Oro >> maker", "answer": "Ada Kern", "paragraph_support_idx": 0},
      {"question": "Where was #1 born?", "answer": "Ulm", "paragraph_support_idx": 1}]}]
      """
    let source = try MultihopReader.readMuSiQue(folder.write(item, to: "m.json"), corpus: nil)
    let answered = source.questions.filter { $0.answer != nil }.map(\.question)
    #expect(
      answered == [
        "Where was the maker of Oro born?", "What is the maker of Oro?", "Where was Ada Kern born?",
      ]
    )
    #expect(
      source.questions.filter { $0.answer == nil }.allSatisfy { $0.text == "Tin is a metal." }
    )
  }

  @Test func pagesGiveParagraphsWithoutMarks() throws {
    let folder = try TemporaryDirectory()
    let words = (0..<25).map { "word\($0)" }.joined(separator: " ")
    try folder.write(
      "---\ntitle: \"Leave\"\n---\n\n# Head\n\nRead [the *rules*](https://x.org) and \(words).\n\n```\ncode\n```\n",
      to: "pages/leave.md"
    )
    let source = try MarkdownReader.read(folder.url.appending(path: "pages"))
    #expect(source.documents.map(\.title) == ["Leave"])
    #expect(source.documents.first?.source == "pages:leave.md")
    #expect(source.documents.first?.passages == ["Read the rules and \(words)."])
  }

  @Test func aQuestionOnATableFindsItsRow() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      "\"Year\",\"Winner\",\"City\"\n\"1990\",\"Ada Kern\",\"Ulm\"\n\"1991\",\"Bo Lind\",\"Bern\"\n\"1992\",\"Cy Ray\",\"Ulm\"\n",
      to: "csv/1.csv"
    )
    let questions = try folder.write(
      "id\tutterance\tcontext\ttargetValue\nnt-0\twho won in 1991?\tcsv/1.csv\tBo Lind\n"
        + "nt-1\twho was the last to win?\tcsv/1.csv\tCy Ray\nnt-2\twhere was 1990?\tcsv/1.csv\tUlm\n",
      to: "q.tsv"
    )
    let source = try WikiTablesReader.read(questions: questions, tables: folder.url)
    #expect(source.tables.count == 1)
    #expect(source.questions.map(\.question) == ["Who won in 1991?"])
    #expect(source.questions.first?.text == "Year: 1991 | Winner: Bo Lind | City: Bern")
  }

  @Test(.enabled(if: SharedData.holds("qa/qed/first-release"), "needs the shared data"))
  func answersOfQEDStandWhereTheyShould() throws {
    let name = "qa/qed/first-release/nq-train-03-qed.jsonlines"
    let source = try QEDReader.read([SharedData.url(name)])
    #expect(source.questions.count > 250)
    let made = ReadingMixture().human(source.questions)
    let crooked = made.examples.filter { !$0.isAligned }
    #expect(crooked.isEmpty)
    #expect((made.report.counts["qed"] ?? 0) * 10 > source.questions.count * 9)
    let apart = made.examples.filter { $0.passage?.contains(" , ") == true }
    #expect(apart.isEmpty)
  }
}
