import Foundation

/// One line of a fixture: what the `tokenizers` package makes of a string.
struct ReferenceLine: Decodable {
  /// Which variant of the tokenizer, where a file has several.
  var variant: Int?
  var text: String
  var ids: [Int32]
  var offsets: [Range<Int>]
  var decoded: String?

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    let hasVariant = list.count == 5
    variant = hasVariant ? try list.decode(Int.self) : nil
    text = try list.decode(String.self)
    ids = try list.decode([Int32].self)
    let places = try list.decode([Int].self)
    decoded = hasVariant ? try list.decode(String.self) : nil
    offsets = []
    var last = 0
    for index in stride(from: 0, to: places.count, by: 2) {
      let start = last + places[index]
      last = start + places[index + 1]
      offsets.append(start..<last)
    }
  }
}
