/// The base forms of English verbs in the past tense and the third person.
struct VerbForms: Sendable {
  /// How often words occur, to choose among the bases that a form may have: "created" is of "create"
  /// because there is no "creat".
  private let counts: [String: Int]

  /// Forms by the vocabulary of the texts that questions are made from.
  init(counts: [String: Int]) { self.counts = counts }

  private static let irregular: [String: String] = {
    let pairs = """
      became become began begin bought buy brought bring built build came come chose choose drew draw
      drove drive fell fall felt feel fought fight found find gave give got get grew grow held hold
      kept keep knew know laid lay led lead left leave lost lose made make meant mean met meet
      paid pay ran run rose rise said say saw see sent send served serve showed show
      sold sell spent spend spoke speak stood stand struck strike taught teach thought think took take told tell
      understood understand went go won win wore wear wrote write sang sing swore swear threw throw flew fly
      sought seek caught catch ate eat drank drink broke break shot shoot
      died die tied tie rode ride sank sink swam swim underwent undergo overcame overcome withdrew withdraw
      """.split(whereSeparator: \.isWhitespace).map(String.init)
    return Dictionary(
      stride(from: 0, to: pairs.count - 1, by: 2).map { (pairs[$0], pairs[$0 + 1]) }
    ) { first, _ in first }
  }()

  private static let participles = EnglishWords.words(
    """
    been become begun bought brought built chosen come done drawn driven fallen felt fought found given
    got gotten grown held kept known laid led left lost made meant met paid run risen said seen sent set
    shown sold spent spoken stood struck taken taught thought told understood gone won worn written born
    sung thrown sought caught eaten broken hit cut put shot hidden bound cast spread split
    """
  )

  /// Verbs in the third person that are seldom nouns.
  private static let thirdPerson = EnglishWords.words(
    """
    includes contains consists belongs becomes begins takes gives makes comes goes provides produces
    occurs refers means represents requires allows causes helps affects involves stands lies serves
    receives exists remains follows follows depends appears describes tells depicts features stars
    portrays develops maintains operates protects prevents controls connects covers carries reaches
    results uses lives plays meets keeps leads holds runs shows says states defines determines creates forms
    supports owns encourages increases decreases reduces explains argues believes remembers moves ends starts opens closes depends offers enters leaves marks originates flows separates combines
    """
  )

  /// Verbs in the plural that are seldom nouns.
  private static let plural = EnglishWords.words(
    """
    include contain consist occur provide require produce affect become belong exist remain depend receive
    describe appear develop allow involve refer serve tend vary maintain cross lead begin represent follow
    prevent determine define operate protect carry reach enter belong combine live
    """
  )

  static func isPlural(_ word: String) -> Bool { plural.contains(word) }

  /// Nouns and adjectives that end like verbs in the past tense.
  private static let notVerbs = EnglishWords.words(
    """
    called named known termed titled entitled located based headquartered born spelled nicknamed dubbed
    united hundred need seed speed feed breed red bed bred sacred naked indeed related limited unlimited
    exceed succeed proceed animated aforementioned so-called armed mixed united married advanced
    retired shed wed led sled unnamed crowded infrared kindred supposed left set found hit cut put cost
    lay rose ground
    """
  )

  /// Whether a word is a verb in the past tense, or a participle.
  static func isPast(_ word: String) -> Bool {
    if irregular[word] != nil { return !notVerbs.contains(word) }
    return word.count > 3 && word.hasSuffix("ed") && !notVerbs.contains(word)
      && !word.contains("-") && word.allSatisfy(\.isLetter)
  }

  static func isParticiple(_ word: String) -> Bool {
    participles.contains(word)
      || (word.count > 3 && word.hasSuffix("ed") && !word.hasSuffix("eed"))
  }

  static func isThirdPerson(_ word: String) -> Bool { thirdPerson.contains(word) }

  /// `create` for `created`; nil where it cannot be told.
  func basePast(_ word: String) -> String? {
    if let base = Self.irregular[word] { return base }
    guard word.hasSuffix("ed"), word.count > 3 else { return nil }
    let stem = String(word.dropLast(2))
    var bases = [stem, stem + "e"]
    if word.hasSuffix("ied") { bases = [stem.dropLast() + "y", stem + "e"] }
    let letters = Array(stem)
    if letters.count > 3, letters[letters.count - 1] == letters[letters.count - 2] {
      bases.append(String(stem.dropLast()))
    }
    let counted = bases.map { (base: $0, count: counts[$0] ?? 0) }
    guard let best = counted.max(by: { $0.count < $1.count }), best.count > 0 else { return nil }
    return best.base
  }

  /// `produce` for `produces`.
  func basePresent(_ word: String) -> String? {
    if word == "goes" { return "go" }
    guard Self.isThirdPerson(word) else { return nil }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["ches", "shes", "sses", "xes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return String(word.dropLast())
  }
}
