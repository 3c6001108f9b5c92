/// Cuts common English endings, so that "orders" meets "order" and "reviewed" meets "review".
///
/// A light stemmer in the spirit of Harman's S-stemmer (JASIS 1991), with `-ed` and `-ing`. Words of
/// other languages pass through mostly unchanged, which costs recall, never correctness.
package enum LightStemmer {
  package static func stem(_ word: String) -> String {
    guard word.count > 3, !word.contains(where: \.isNumber) else { return word }
    var stem = Substring(word)
    if stem.hasSuffix("ies"), stem.count > 4 {
      stem = Substring(stem.dropLast(3) + "y")
    } else if stem.hasSuffix("sses") || stem.hasSuffix("xes") || stem.hasSuffix("ches")
      || stem.hasSuffix("shes")
    {
      stem = stem.dropLast(2)
    } else if stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us"),
      !stem.hasSuffix("is")
    {
      stem = stem.dropLast()
    }
    if stem.hasSuffix("ing"), stem.count > 5 {
      stem = stem.dropLast(3)
    } else if stem.hasSuffix("ed"), stem.count > 4 {
      stem = stem.dropLast(2)
    }
    if stem.hasSuffix("e"), stem.count > 3 { stem = stem.dropLast() }
    if stem.count > 3, let last = stem.last, stem.dropLast().last == last, !"aeiouls".contains(last)
    {
      stem = stem.dropLast()
    }
    return String(stem)
  }

  package static func stems(of words: [String]) -> [String] { words.map(stem) }
}
