/// Says some words of a question in another way, so that a question is not always in the passage's own
/// words.
enum QuestionParaphrase {
  /// Words that can stand for each other nearly everywhere, one set a line.
  private static let sets = """
    found establish create
    founded established created
    begin start commence
    began started
    located situated
    film movie
    movie film
    wrote authored
    written authored
    buy purchase acquire
    bought purchased acquired
    purchased bought acquired
    build construct
    built constructed
    constructed built
    receive get obtain
    received got obtained
    large big
    largest biggest
    nation country
    automobile car
    physician doctor
    portray play
    portrayed played
    depict show
    depicted shown
    assist help
    require need
    required needed
    largely mostly
    main primary chief
    primary main
    principal main
    titled called named
    called named known
    area region
    region area
    city town
    occur happen
    occurred happened
    produce make
    produced made
    utilized used
    show display
    contain hold include
    reside live
    resided lived
    permit allow
    appointed named
    elected chosen
    chosen selected
    destroyed ruined
    conclude end finish
    ended finished concluded
    ended concluded
    attempt try
    children kids
    song track
    several many
    numerous many
    entire whole
    beneath under
    annual yearly
    approximately about
    famous well-known
    gave granted
    team squad
    war conflict
    illness disease
    disease illness
    people individuals
    individuals people
    company firm
    released issued
    published released
    opened launched
    employees staff workers
    employee worker
    submit send
    supervisor manager
    """

  private static let others: [String: [String]] = {
    var others: [String: [String]] = [:]
    for line in sets.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      guard let first = words.first else { continue }
      others[first, default: []] += words.dropFirst()
    }
    return others
  }()

  /// The words with up to two of them replaced, now and then.
  static func of(_ words: [String], using random: inout SeededGenerator) -> [String] {
    guard random.unit() < 0.5 else { return words }
    let places = words.indices.filter { others[words[$0]] != nil }
    var words = words
    for place in places.shuffled(using: &random).prefix(2) {
      if let other = others[words[place]]?.randomElement(using: &random) { words[place] = other }
    }
    return words
  }
}
