import Evaluation
import Testing

@Suite struct CompanyTermsTests {
  private static let general: Set = [
    "the", "price", "bread", "day", "ask", "about", "meets", "met",
  ]
  private static let company = (0..<12).map { index in
    "Ask Ilse Brakkvold about the tarnwick on day \(index). The tarnwick meets the price of bread."
  }

  private let terms = CompanyTerms(company, isGeneral: general.contains)

  @Test func wordsThatOnlyTheCompanyUsesAreItsTerms() {
    #expect(terms.words.isSuperset(of: ["tarnwick", "ilse", "brakkvold"]))
    #expect(terms.words.isDisjoint(with: ["the", "price", "bread", "day", "11"]))
    #expect(terms.names == ["ilse brakkvold"])
  }

  @Test func anAnswerIsMeasuredByTheTermsOfTheAcceptedOne() {
    let accepted = "Ilse Brakkvold, for the Tarnwick"
    #expect(terms.terms(in: accepted) == ["ilse brakkvold", "tarnwick"])
    #expect(terms.share(of: "The tarnwick of ILSE Brakkvold.", accepted: accepted) == 1)
    // A name is used as a whole or not at all.
    #expect(terms.share(of: "Brakkvold and the tarnwick", accepted: accepted) == 0.5)
    #expect(terms.share(of: "the device", accepted: accepted) == 0)
    #expect(terms.share(of: "anything", accepted: "the price of bread") == nil)
  }

  @Test func whatIsRareOrGeneralIsNoTerm() {
    #expect(CompanyTerms(["The zwibble is blue."], isGeneral: Self.general.contains).isEmpty)
    #expect(CompanyTerms([], isGeneral: Self.general.contains).isEmpty)
    #expect(CompanyTerms(Self.company, isGeneral: { _ in true }).words.isEmpty)
  }

  @Test func namesDoNotReachOverSentences() {
    let texts = (0..<12).map { _ in "We met Ilse. Brakkvold met us.\nOur Ilse\nBrakkvold" }
    #expect(CompanyTerms(texts, isGeneral: Self.general.contains).names.isEmpty)
  }

  @Test func anAnswerScoresByTheFirstAcceptedOne() {
    let question = Question(id: "q", question: "?", answers: ["the Tarnwick", "it"])
    func score(_ text: String, _ outcome: ArmAnswer.Outcome) -> Double? {
      let answer = ArmAnswer(question: "q", outcome: outcome, answer: text, shown: text)
      return AnswerScores(answer, to: question, terms: terms)[.terminology]
    }
    #expect(score("A tarnwick", .answered) == 1)
    #expect(score("it", .answered) == 0)
    #expect(score("tarnwick", .abstained) == 0)
  }
}
