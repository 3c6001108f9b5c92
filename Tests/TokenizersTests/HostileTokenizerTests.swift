import Foundation
import TestSupport
import Testing
import Tokenizers

/// Damaged and hostile files are refused or read, and what was read never traps.
@Suite struct HostileTokenizerTests {
  private static let texts = ["", " hello  hi\n", "é👍<|end|></s>\u{301}ab 12", "\u{0}\r\n▁ﬁ"]

  private static func use(_ tokenizer: Tokenizer) {
    for text in texts {
      let encoding = tokenizer.encode(text, maximumLength: 40)
      #expect(encoding.ids.count == encoding.offsets.count)
      _ = tokenizer.decode(encoding.ids, skipSpecialTokens: false)
      var stream = tokenizer.makeStreamDecoder()
      for id in encoding.ids { _ = stream.push(id) }
      _ = stream.finish()
    }
  }

  private static func tryFile(_ name: String, _ bytes: [UInt8]) throws {
    do {
      use(try TestTokenizers.fromFiles([name: Data(bytes)]))
    } catch is TokenizerError {
      // Refused, and said so.
    }
  }

  /// Changes some bytes, or takes some out, doubles them or cuts the end.
  private static func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + Int(random.next() % 3) where !bytes.isEmpty {
      let place = Int(random.next() % UInt64(bytes.count))
      let length = min(bytes.count - place, 1 + Int(random.next() % 24))
      switch random.next() % 6 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes[place] ^= 1 << UInt8(random.next() % 8)
      case 2: bytes.removeSubrange(place..<place + length)
      case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      case 4:
        bytes.insert(contentsOf: Array("-9e99{}[]\"".utf8).shuffled(using: &random), at: place)
      default: if random.next() % 8 == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }

  private static let rounds = TestLength.isFull ? 5_000 : 150

  @Test func mutatedTokenizerFiles() throws {
    let documents = [
      SmallTokenizers.byteLevel(), SmallTokenizers.llama(), SmallTokenizers.unigram(),
    ]
    var random = SplitMix64(seed: 31)
    for document in documents {
      let bytes = [UInt8](try SmallTokenizers.data(document))
      // The vocabulary makes up most of the file, so what is around it is hit on purpose.
      let start = bytes.firstIndex(of: UInt8(ascii: "v")).map { min($0, bytes.count / 3) } ?? 0
      for round in 0..<Self.rounds {
        if round % 2 == 0 {
          try Self.tryFile("tokenizer.json", Self.mutated(bytes, &random))
        } else {
          let head = Self.mutated(Array(bytes[..<start]), &random)
          try Self.tryFile("tokenizer.json", head + bytes[start...])
        }
      }
    }
  }

  @Test func mutatedRanksAndSentencePieceModels() throws {
    var random = SplitMix64(seed: 32)
    let model = [UInt8](SmallTokenizers.gguf().sentencePieceFile())
    let ranks = [UInt8](SmallTokenizers.ranks())
    let rules = TiktokenRules(pattern: TiktokenRules.qwen2.pattern, composesText: true)
    for _ in 0..<Self.rounds {
      try Self.tryFile("tokenizer.model", Self.mutated(model, &random))
      let bytes = Data(Self.mutated(ranks, &random))
      do {
        Self.use(try Tokenizer(tiktokenRanks: bytes, rules: rules))
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test(.enabled(if: TestTokenizers.hasSharedData, "the shared tokenizer data is absent"))
  func mutatedCharacterMaps() throws {
    var random = SplitMix64(seed: 33)
    var vocabulary = try SharedVocabularies.t5()
    let map = vocabulary.precompiledCharacterMap
    (vocabulary.tokens, vocabulary.scores) = (
      ["<pad>", "</s>", "<unk>", "▁", "a"], [0, 0, -1, -2, -3]
    )
    vocabulary.tokenTypes = [3, 3, 2, 1, 1]
    for _ in 0..<Self.rounds {
      vocabulary.precompiledCharacterMap = map
      for _ in 0..<200 {
        let place = Int(random.next() % UInt64(map.count))
        vocabulary.precompiledCharacterMap[place] = UInt8(truncatingIfNeeded: random.next())
      }
      if let tokenizer = try? Tokenizer(ggufVocabulary: vocabulary) { Self.use(tokenizer) }
    }
  }

  @Test(arguments: [
    "(", ")", "[", "[a", "(?<n>a)", "(?#x)", "a{2000}", "a{3,1}", "*a", "a**", #"\p{Klingon}"#,
    #"\k<a>"#, "[z-a]", "[a&&b]", "(?:a*)*", #"\"#, #"\x{110000}"#, "(?<=ab)c", "a++++++++",
    String(repeating: "(", count: 5_000), String(repeating: "a", count: 30_000),
    "((((a{999}){999}){999}){999})",
  ])
  func patternsThatCannotBeUsedAreNamed(pattern: String) throws {
    let document = SmallTokenizers.byteLevel(pattern: pattern)
    #expect {
      _ = try SmallTokenizers.tokenizer(document)
    } throws: { error in
      (error as? TokenizerError)?.code == .unsupportedConstruct
    }
  }

  @Test(arguments: [
    "(?:a+)+$", "(?:a|a)+b", "(?:a|aa)+$", #"(?:\w+\s?)*$"#, "(?:(?:a?b?)+c?)+z",
    "(?=(?:a|a)+b)a", "(?:ab)*c",
  ])
  func patternsThatBacktrackForEverComeToAnEnd(pattern: String) throws {
    let document = SmallTokenizers.byteLevel(pattern: pattern)
    guard let tokenizer = try? SmallTokenizers.tokenizer(document) else { return }
    let text = String(repeating: "a", count: 20_000) + "!" + String(repeating: "ab", count: 9_000)
    #expect(tokenizer.decode(tokenizer.ids(of: text)) == text)
  }

  @Test func partsThatContradictThemselvesAreRefused() throws {
    func refuses(_ change: (inout [String: Any]) -> Void, _ base: [String: Any]) -> Bool {
      var document = base
      change(&document)
      return (try? SmallTokenizers.tokenizer(document)) == nil
    }
    func model(_ changes: [String: Any]) -> (inout [String: Any]) -> Void {
      { document in
        var model = document["model"] as? [String: Any] ?? [:]
        model.merge(changes) { $1 }
        document["model"] = model
      }
    }
    let byteLevel = SmallTokenizers.byteLevel()
    let unigram = SmallTokenizers.unigram()
    #expect(refuses(model(["merges": ["h zz"]]), byteLevel))
    #expect(refuses(model(["merges": ["he"]]), byteLevel))
    #expect(refuses(model(["merges": [["h", 1]]]), byteLevel))
    #expect(refuses(model(["unk_token": "nope"]), byteLevel))
    #expect(refuses(model(["end_of_word_suffix": "</w>"]), byteLevel))
    #expect(refuses(model(["vocab": ["h": -1]]), byteLevel))
    #expect(refuses(model(["unk_id": 99]), unigram))
    #expect(refuses(model(["unk_id": -1]), unigram))
    #expect(refuses(model(["vocab": [["a"]]]), unigram))
    #expect(
      refuses(
        { $0["normalizer"] = ["type": "Precompiled", "precompiled_charsmap": "AAAA"] },
        unigram
      )
    )
    #expect(
      refuses(
        {
          $0["pre_tokenizer"] = [
            "type": "Sequence", "pretokenizers": [["type": "ByteLevel"], ["type": "Digits"]],
          ]
        },
        byteLevel
      )
    )
  }

  @Test func ggufVocabulariesThatContradictThemselvesAreRefused() {
    func refuses(_ change: (inout GGUFVocabulary) -> Void) -> Bool {
      var vocabulary = SmallTokenizers.gguf()
      change(&vocabulary)
      return (try? Tokenizer(ggufVocabulary: vocabulary)) == nil
    }
    #expect(refuses { $0.tokens = [] })
    #expect(refuses { $0.scores.removeLast() })
    #expect(refuses { $0.scores[300 - 41] = .nan })
    #expect(refuses { $0.tokenTypes.removeLast() })
    #expect(refuses { $0.tokenTypes[0] = 77 })
    #expect(refuses { $0.beginningID = 1_000_000 })
    #expect(refuses { $0.endID = -1 })
    #expect(refuses { $0.model = "rwkv" })
    #expect(refuses { ($0.model, $0.pre) = ("gpt2", "klingon") })
    #expect(refuses { ($0.model, $0.pre, $0.merges) = ("gpt2", "gpt-2", ["a b c"]) })
    #expect(!refuses { _ in })
  }
}
