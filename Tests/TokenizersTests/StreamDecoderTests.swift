import Foundation
import Testing
import Tokenizers

/// What someone who shows text while it is written relies on.
@Suite struct StreamDecoderTests {
  @Test func charactersAreNeverSplit() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    var stream = tokenizer.makeStreamDecoder()
    let pieces = tokenizer.ids(of: "é 👍!", addSpecialTokens: false).map { stream.push($0) }
    #expect(pieces == ["", "é", " ", "", "👍", "!"])
    #expect(stream.finish().isEmpty)
  }

  @Test func aCharacterThatIsCutShowsAtTheEnd() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    var stream = tokenizer.makeStreamDecoder()
    #expect(stream.push(0xF0).isEmpty && stream.push(0x9F).isEmpty)
    #expect(stream.finish() == "\u{FFFD}")
    #expect(tokenizer.decode([0xF0, 0x9F]) == "\u{FFFD}")
    // A byte that cannot go on does not wait for ever.
    #expect(stream.push(0xE2) + stream.push(0x41) == "\u{FFFD}A")
  }

  @Test func specialTokensAreHiddenOrShown() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    let ids = tokenizer.ids(of: "hello<|end|>")
    #expect(ids == [300, 259, 301])
    var hidden = tokenizer.makeStreamDecoder()
    #expect(ids.map { hidden.push($0) } == ["", "hello", ""])
    var shown = tokenizer.makeStreamDecoder(showsSpecialTokens: true)
    #expect(ids.map { shown.push($0) } == ["<|start|>", "hello", "<|end|>"])
    #expect(shown.push(99_999).isEmpty && shown.push(-1).isEmpty)
  }

  @Test func theBlankThatLlamaPutsInFrontGoesAgain() throws {
    let tokenizer = try SmallTokenizers.tokenizer(SmallTokenizers.llama())
    for text in ["hi", " hi", "  hi! ", "é hi", "👍", "hi</s>hi"] {
      let ids = tokenizer.ids(of: text)
      var stream = tokenizer.makeStreamDecoder()
      let pieces = ids.map { stream.push($0) }.joined() + stream.finish()
      #expect(pieces == tokenizer.decode(ids), "\(text)")
    }
    #expect(tokenizer.decode(tokenizer.ids(of: " hi")) == " hi")
  }

  @Test func decodersThatLookAroundStreamToo() throws {
    let tokenizer = try TestTokenizers.uncased.get()
    let ids = tokenizer.ids(of: "Unbelievable, isn't it?")
    var stream = tokenizer.makeStreamDecoder()
    let pieces = ids.map { stream.push($0) }
    #expect(pieces.joined() + stream.finish() == tokenizer.decode(ids))
    #expect(pieces.filter { !$0.isEmpty }.count > 3)
  }

  @Test func bytesOfTokensAddUpToTheText() throws {
    let text = "hello é 👍 hi!"
    let byteLevel = try SmallTokenizers.tokenizer(SmallTokenizers.byteLevel())
    let ids = byteLevel.ids(of: text, addSpecialTokens: false)
    #expect(ids.flatMap { byteLevel.bytes(of: $0) ?? [] } == Array(text.utf8))
    #expect(byteLevel.bytes(of: 300) == nil && byteLevel.bytes(of: 4_000) == nil)
    #expect(byteLevel.idLimit == 302 && byteLevel.isSpecial(301) && !byteLevel.isSpecial(5))
    let llama = try SmallTokenizers.tokenizer(SmallTokenizers.llama())
    let pieces = llama.ids(of: text).flatMap { llama.bytes(of: $0) ?? [] }
    #expect(pieces == Array((" " + text).utf8))
  }
}
