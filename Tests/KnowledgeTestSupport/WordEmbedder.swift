package import Knowledge
import Synchronization

/// An embedder without a model: each word falls into one of 64 buckets, so texts that share words are
/// similar and texts that share none are not. Tokens are words. It notes every text it embeds.
package final class WordEmbedder: TextEmbedder {
  package let identity = "words@1"
  package let dimension = 64
  package let maximumTokens: Int

  private let texts = Mutex<[String]>([])

  package init(maximumTokens: Int = 130) {
    self.maximumTokens = maximumTokens
  }

  /// Every text embedded since the last call, with its prefix, in order.
  package func takeTexts() -> [String] {
    texts.withLock { texts in
      defer { texts = [] }
      return texts
    }
  }

  package func countTokens(_ text: String) -> Int { QueryTerms.allWords(of: text).count }

  package func embed(_ inputs: [EmbeddingInput]) throws -> [EmbeddedText] {
    texts.withLock { $0 += inputs.map { $0.prefix + $0.text } }
    return inputs.map { input in
      EmbeddedText(
        vector: vector(of: input.prefix + input.text),
        spanVectors: input.spans.map { vector(of: slice(input.text, $0)) },
        tokenCount: countTokens(input.prefix + input.text) + 2
      )
    }
  }

  /// The unit-length vector of a text. A text without words has one of its own.
  package func vector(of text: String) -> [Float] {
    var vector = [Float](repeating: 0, count: dimension)
    let words = QueryTerms.allWords(of: text)
    for word in words.isEmpty ? [""] : words { vector[bucket(of: word)] += 1 }
    let norm = cosine(vector, vector).squareRoot()
    return vector.map { $0 / norm }
  }

  /// FNV-1a (Fowler, Noll and Vo), folded to the number of buckets.
  private func bucket(of word: String) -> Int {
    let hash = word.utf8.reduce(into: UInt64(0xCBF2_9CE4_8422_2325)) { hash, byte in
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return Int((hash ^ (hash >> 32)) % UInt64(dimension))
  }
}
