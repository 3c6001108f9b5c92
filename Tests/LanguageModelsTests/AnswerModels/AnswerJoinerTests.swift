import LanguageModels
import Testing

/// Words and punctuation become running text.
@Suite struct AnswerJoinerTests {
  @Test(arguments: [
    (["the", "pump", ",", "then", "stop", "."], "the pump, then stop."),
    (["20", "-", "year", "old"], "20-year old"),
    (["$", "3", ".", "5", "million"], "$3.5 million"),
    (["1", ",", "000", "people"], "1,000 people"),
    (["in", "1990", ",", "20", "people"], "in 1990, 20 people"),
    (["at", "10", ":", "30"], "at 10:30"),
    (["it", "'", "s", "(", "now", ")", "done", "!"], "it's (now) done!"),
    (["he", "said", "\"", "no", "\"", "twice"], "he said \"no\" twice"),
    (["r", "&", "d"], "r & d"),
    (["50", "%"], "50%"),
    ([], ""),
  ])
  func spacesStandWhereTheyBelong(words: [String], text: String) {
    var joiner = AnswerJoiner()
    for word in words { joiner.append(word) }
    #expect(joiner.text == text)
  }

  @Test func continuedWordsAreJoined() {
    var joiner = AnswerJoiner()
    joiner.append("The pump")
    joiner.append("s", continues: true)
    joiner.append("run")
    #expect(joiner.text == "The pumps run")
  }
}
