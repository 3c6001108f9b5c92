import Datasets
import Testing

@Suite struct DetokenizerTests {
  @Test(arguments: [
    ("Wilhelm Conrad Röntgen , of Germany .", "Wilhelm Conrad Röntgen, of Germany."),
    ("Maria Skłodowska - Curie ( 1867 -- 1934 )", "Maria Skłodowska-Curie (1867–1934)"),
    ("twice -- in 1956 and 1972", "twice – in 1956 and 1972"),
    ("The song `` Play That Funky Music '' is", "The song \"Play That Funky Music\" is"),
    ("He said \" no \" twice", "He said \"no\" twice"),
    ("the women 's game ; it does n't end", "the women's game; it doesn't end"),
    ("Revenue $ 9.8 billion ( 16.1 % )", "Revenue $9.8 billion (16.1%)"),
    ("NYSE : MGM and / or at 7 : 30", "NYSE: MGM and/or at 7:30"),
    ("plain words stay", "plain words stay"), ("", ""),
  ]) func punctuationGoesWhereItBelongs(tokens: String, text: String) {
    #expect(Detokenizer(tokens).text == text)
  }

  @Test func aRangeOfTheTokensIsTheSameWordsInTheText() throws {
    let tokens = "In 1901 Wilhelm Conrad Röntgen , of Germany , received 150,782 SEK ."
    let clean = Detokenizer(tokens)
    for answer in ["Wilhelm Conrad Röntgen", "1901", "150,782 SEK", "Germany"] {
      let range = try #require(Self.range(of: answer, in: tokens))
      let mapped = try #require(clean.range(of: range))
      #expect(Self.text(mapped, in: clean.text) == answer)
    }
    let joined = try #require(Self.range(of: "Röntgen , of Germany", in: tokens))
    let mapped = try #require(clean.range(of: joined))
    #expect(Self.text(mapped, in: clean.text) == "Röntgen, of Germany")
  }

  @Test func aRangeWithinATokenStaysWithinIt() throws {
    let clean = Detokenizer("The , unforgettable - one")
    let range = try #require(Self.range(of: "forget", in: "The , unforgettable - one"))
    let mapped = try #require(clean.range(of: range))
    #expect(Self.text(mapped, in: clean.text) == "forget")
    #expect(clean.range(of: 200..<210) == nil)
  }

  private static func range(of part: String, in text: String) -> Range<Int>? {
    let scalars = Array(text.unicodeScalars)
    let sought = Array(part.unicodeScalars)
    return (0...max(0, scalars.count - sought.count)).first {
      scalars[$0...].starts(with: sought)
    }.map { $0..<$0 + sought.count }
  }

  private static func text(_ range: Range<Int>, in text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count))
    return String(view)
  }
}
