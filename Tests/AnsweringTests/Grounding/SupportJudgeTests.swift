import Answering
import Knowledge
import Testing

/// What counts as supported by a passage, and what does not.
@Suite struct SupportJudgeTests {
  private static let works = """
    The Norheim works were opened on 12 March 1998 by Ada Holm. They employ 1,250 people and made \
    3.5 million lamps in 2023. The works do not sell to private customers. Guests must register \
    before 14:30, and smoking is not allowed. Revenue rose by 12% to EUR 48 million. Deliveries \
    leave at 6 p.m. from gate seven.
    """

  private func verdict(_ sentence: String, _ text: String = works) -> SupportVerdict {
    SupportJudge([PassageFixture.passage(text, title: "Norheim works")])
      .verdict(on: sentence, by: [0])
  }

  @Test(arguments: [
    "The Norheim works were opened on 12 March 1998 by Ada Holm.",
    "Ada Holm opened the works on March 12, 1998.", "The works were opened on 1998-03-12.",
    "The works opened in March 1998.", "The Norheim works employ 1250 people.",
    "In 2023 the works made 3,500,000 lamps.", "Norheim does not sell to private customers.",
    "Smoking is not allowed.", "Guests must register before 2:30 pm.",
    "Revenue rose by 12 percent to €48 million.", "Deliveries leave at 18:00 from gate 7.",
    "The works opened on 12.03.1998 and employ 1,250 people.", "They were opened by Holm.",
  ])
  func held(_ sentence: String) {
    let verdict = verdict(sentence)
    #expect(verdict.isSupported, "\(verdict.faults)")
  }

  @Test(arguments: [
    ("The Norheim works were opened by Bo Strand.", SupportFault.Kind.name),
    ("Zorblax opened the works in 1998.", .name), ("The works were opened in 1989.", .number),
    ("The works were opened on 13 March 1998.", .number),
    ("The works were opened on 12 May 1998.", .number),
    ("The works employ 1,520 people.", .number), ("They made 3.5 billion lamps in 2023.", .number),
    ("They made 35 million lamps in 2023.", .number),
    ("Guests must register before 15:30.", .number),
    ("Deliveries leave at 6 a.m. from gate seven.", .number),
    ("Revenue rose by 12% to USD 48 million.", .unit),
    ("The works sell to private customers.", .negation), ("Smoking is allowed.", .negation),
    ("The works do not employ 1,250 people.", .negation),
    ("Revenue fell by 12% to EUR 48 million.", .opposite),
    ("The works employ 1998 people.", .exchanged),
    ("The canteen serves soup and bread on Fridays.", .claim), ("Yes.", .claim),
    ("It is what it is.", .nothingToCheck),
  ])
  func notHeld(_ sentence: String, _ kind: SupportFault.Kind) {
    let verdict = verdict(sentence)
    #expect(!verdict.isSupported && verdict.faults.contains { $0.kind == kind }, "\(verdict)")
  }

  @Test func anotherNameInItsPlaceIsSeen() {
    let text = "Alice Berg leads sales in Oslo. Bob Lund leads research in Turin."
    #expect(verdict("Alice Berg leads sales in Oslo.", text).isSupported)
    #expect(!verdict("Alice Berg leads sales in Turin.", text).isSupported)
    #expect(!verdict("Bob Lund leads sales in Oslo.", text).isSupported)
  }

  @Test func theTitleSaysWhatItIsAbout() {
    let passage = PassageFixture.passage(
      "It was founded in 1921 and makes pumps.",
      title: "Veldmark AG",
      headings: ["History"]
    )
    let judge = SupportJudge([passage])
    #expect(judge.verdict(on: "Veldmark was founded in 1921.", by: [0]).isSupported)
    #expect(!judge.verdict(on: "Norheim was founded in 1921.", by: [0]).isSupported)
  }

  @Test func wordsOfTheQuestionMayBeTakenUp() {
    let passage = PassageFixture.passage(
      "Orders may be returned within 30 days. name: Cleo, city: Bergen"
    )
    let judge = SupportJudge(
      [passage],
      question: "How long is the refund period, and where does Cleo live?"
    )
    for sentence in ["The refund period is 30 days.", "Cleo lives in Bergen."] {
      #expect(judge.verdict(on: sentence, by: [0]).isSupported)
      #expect(!SupportJudge([passage]).verdict(on: sentence, by: [0]).isSupported)
    }
    for sentence in [
      "The refund period is 90 days.", "The refund period is unlimited.", "Cleo hates Bergen.",
      "It is a long refund period.", "Cleo lives in Oslo.", "Refunds are never given.",
    ] {
      #expect(!judge.verdict(on: sentence, by: [0]).isSupported, "\(sentence)")
    }
  }

  @Test func twoPassagesTogether() {
    let judge = SupportJudge([
      PassageFixture.passage("The warehouse in Ghent opens at 7:00."),
      PassageFixture.passage("The warehouse in Ghent closes at 19:00.", id: 2),
    ])
    let sentence = "The warehouse in Ghent opens at 7:00 and closes at 19:00."
    #expect(judge.verdict(on: sentence, by: [0, 1]).isSupported)
    #expect(Set(judge.verdict(on: sentence, by: [0, 1]).places.map(\.passage)) == [0, 1])
    #expect(!judge.bestVerdict(on: sentence).isSupported)
  }

  @Test func thePlaceIsTheSentenceThatSaysIt() throws {
    let place = try #require(verdict("Smoking is not allowed.").places.first)
    #expect(
      slice(Self.works, place.range)
        == "Guests must register before 14:30, and smoking is not allowed."
    )
  }

  @Test(arguments: [
    "", " ", "…", "１２３", "12:99", "1.2.3.4.5", "1,,2", "-", "2024-99-99", "99999999999999999999",
    "1e400", "²½", "二〇二四年", "ß", "İ", "\u{301}", "5 million million million million",
  ])
  func oddTextIsJudgedWithoutHarm(_ text: String) {
    _ = verdict(text)
    _ = verdict("The works employ 1,250 people.", text)
  }

  @Test func otherScripts() {
    let chinese = "特斯拉于一八五六年出生。公司成立于1998年。"
    #expect(verdict("公司成立于1998年。", chinese).isSupported)
    #expect(!verdict("公司成立于1989年。", chinese).isSupported)
    let german = "Das Werk Norheim beschäftigt 1.250 Menschen und nicht mehr als zehn Lehrlinge."
    #expect(verdict("Das Werk Norheim beschäftigt 1250 Menschen.", german).isSupported)
  }
}
