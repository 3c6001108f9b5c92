import Documents
import Testing

/// Reads a text as a file of the given name.
func extract(_ text: String, as path: String) throws -> ExtractedDocument {
  try DocumentReader.extract(Array(text.utf8), path: path)
}

/// The text of each block, for reading in tests.
func blockTexts(_ document: ExtractedDocument) -> [String] {
  let text = IndexedText(document.text)
  return document.blocks.map { text.slice($0.characters) ?? "outside" }
}

/// A tokenizer for tests: words of six letters, and every other visible sign, plus two marks.
@Sendable func countTestTokens(_ text: String) -> Int {
  var count = 2
  var letters = 0
  for scalar in text.unicodeScalars {
    if scalar.value < 0x80, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      if letters % 6 == 0 { count += 1 }
      letters += 1
    } else {
      letters = 0
      if !scalar.properties.isWhitespace { count += 1 }
    }
  }
  return count
}

/// What holds of every document and its passages, whatever was read.
func checkInvariants(_ document: ExtractedDocument, maximumTokens: Int = 256) {
  let text = IndexedText(document.text)
  var end = 0
  for block in document.blocks {
    #expect(block.characters.lowerBound >= end)
    #expect(block.characters.upperBound <= text.count)
    #expect(!block.characters.isEmpty)
    end = block.characters.upperBound
    guard case .row(let fields) = block.kind else { continue }
    for field in fields {
      #expect(block.characters.contains(field.characters))
    }
  }
  #expect(!document.text.unicodeScalars.contains("\0"))
  let chunker = Chunker(
    maximumTokens: maximumTokens,
    targetTokens: maximumTokens / 2,
    countTokens: countTestTokens
  )
  var last = 0
  for (ordinal, passage) in chunker.passages(of: document).enumerated() {
    #expect(passage.ordinal == ordinal)
    #expect(text.slice(passage.location.characters) == passage.text)
    // A small table comes once more behind its rows.
    #expect(passage.location.characters.lowerBound >= last || passage.isTable)
    #expect(countTestTokens(passage.embeddingText(title: document.title)) <= maximumTokens)
    for field in passage.fields {
      #expect(passage.location.characters.contains(field.characters))
    }
    last = passage.location.characters.upperBound
  }
}
