/// English words by what they do in a sentence, as far as short lists of frequent ones tell.
enum EnglishWords {
  static let articles: Set<String> = ["a", "an", "the"]
  static let determiners: Set<String> = words(
    """
    a an the this that these those his her its their our my your each every some any no all both another
    several many few most more other such one two three four five six seven eight nine ten
    """
  )
  static let prepositions: Set<String> = words(
    """
    of in on at by for from with to into onto over under as about after before between during through
    throughout against among within without across along around behind beyond near off since toward
    towards until upon via per despite like including following above below inside outside amid
    alongside besides beside
    """
  )
  static let conjunctions: Set<String> = words(
    "and or but nor so yet while although though because whereas if unless when where than that whether"
  )
  static let relatives: Set<String> = words("which who whom whose that where when")
  static let pronouns: Set<String> = words(
    """
    i you he she it we they me him us them himself herself itself themselves who whom which what
    something anything nothing everything someone anyone everyone there here
    """
  )
  static let forms: Set<String> = words("is was are were")
  static let auxiliaries: Set<String> = words(
    "is was are were can could will would may might must shall should did does do"
  )
  static let perfect: Set<String> = words("has have had")
  static let adverbs: Set<String> = words(
    """
    not also often usually sometimes always never only still just even very too now then later soon
    again already currently formerly originally generally commonly typically widely ever once twice
    however therefore thus first finally eventually subsequently previously mainly mostly largely
    initially nearly almost about approximately around roughly further together well
    """
  )
  static let negations: Set<String> = words("not no never neither nor without cannot none n't")

  /// Words that say nothing by themselves.
  static let functionWords: Set<String> = articles.union(determiners).union(prepositions)
    .union(conjunctions).union(relatives).union(pronouns).union(auxiliaries).union(perfect)
    .union(adverbs)
    .union(
      words("be been being having am s t how why up down out away back own same much less least")
    )

  static let months: Set<String> = words(
    """
    january february march april may june july august september october november december
    """
  )

  static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
