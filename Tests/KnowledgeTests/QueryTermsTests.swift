import Knowledge
import Testing

@Suite struct QueryTermsTests {
  @Test(arguments: [
    ("How long does a ferret sleep?", ["long", "ferret", "sleep"]),
    ("Ferret FERRET ferret", ["ferret"]),
    // Words that mean nothing by themselves are better than no words.
    ("What is it?", ["what", "is", "it"]),
    ("the THE", ["the"]),
    ("invoice no. INV-2024/07", ["invoice", "inv", "2024", "07"]),
    ("don't", ["don"]),
    ("Größe über 3,5 mm", ["größe", "über", "3", "5", "mm"]),
    ("寿司 と 鮨", ["寿司", "と", "鮨"]),
    ("e\u{301}te\u{301}", ["e\u{301}te\u{301}"]),
    ("½ x² Ⅷ", ["½", "x²", "ⅷ"]),
    ("🦊 🎉", []),
    ("\"quoted\" AND (x OR y*) NEAR z ^a b:c", ["quoted", "x", "y", "near", "z", "b", "c"]),
    ("", []),
    ("\u{0}\u{1F}\t\n", []),
  ])
  func terms(_ example: (query: String, terms: [String])) {
    #expect(QueryTerms.terms(of: example.query) == example.terms)
  }

  @Test func repeatsAndOrder() {
    #expect(QueryTerms.allWords(of: "b A b, a!") == ["b", "a", "b", "a"])
    #expect(QueryTerms.words(of: "b A b, a!") == ["b", "a"])
  }

  @Test func longTexts() {
    let text = String(repeating: "ferret badger ", count: 100_000)
    #expect(QueryTerms.terms(of: text) == ["ferret", "badger"])
  }
}
