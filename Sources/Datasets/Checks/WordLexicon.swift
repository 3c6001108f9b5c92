/// What the comparison of texts knows about words: which carry no content, which mean the same, which
/// exclude each other. Short lists of frequent words, mainly English with German, French, Spanish and
/// Italian function words; a word that is not listed only stands for itself.
enum WordLexicon {
  /// Words that carry no content in a question or a statement.
  static let functionWords: Set<String> = words(
    """
    a an the this that these those there here it its he she they them their his her hers him we us our
    you your i me my mine who whom whose which what when where why how is are was were be been being am
    do does did doing done has have had having will would shall should can could may might must of to in
    on at by for from with about into onto over under as and or but if then than so such also just
    please tell know explain describe outline say let s t re ve ll d m one ones some any all each us out up
    exactly actually really kindly hi hello thanks thank like want need get got give given following
    der die das den dem des ein eine einen einem einer eines ist sind war waren und oder von vom zu zum
    zur im am auf mit für bei aus nach wie wer wem wen wann wo warum welche welcher welches was es er
    sie wir ihr ich du man sich bitte kann können
    le la les un une des du de et ou est sont à au aux en dans pour par sur avec que qui quoi quel quelle
    quels quelles où quand comment pourquoi il elle on nous vous ils ce cette ces se y
    el los las una unos unas del al y o es son en para por con que qué quién cuál cuáles cómo cuándo
    dónde su sus lo se
    il lo gli i uno di da nel della dello dei degli delle e è sono per con che chi quale quali come
    quando dove perché si
    """
  )

  /// Words that deny.
  static let negations: Set<String> = words(
    """
    not no never none nobody nothing neither nor without cannot nowhere kein keine keinen keinem keiner
    nicht nie niemals ohne ne pas jamais aucun aucune sans ni nunca jamás sin ningún ninguna non mai
    senza nessun nessuno
    """
  )

  /// Words that stand for a number.
  static let numbers: [String: String] = [
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "zwei": "2", "drei": "3", "vier": "4", "fünf": "5",
    "sechs": "6",
    "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "deux": "2", "trois": "3", "quatre": "4",
    "cinq": "5", "sept": "7", "huit": "8", "neuf": "9", "dix": "10", "dos": "2", "tres": "3",
    "cuatro": "4", "cinco": "5", "siete": "7", "ocho": "8", "nueve": "9", "diez": "10",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "twice": "2",
  ]

  /// Days and months: values like numbers, of which one cannot stand for another.
  static let calendar: Set<String> = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july august
    september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag
    januar februar märz mai juni juli oktober dezember lundi mardi mercredi jeudi vendredi samedi
    dimanche lunes martes miércoles jueves viernes sábado domingo
    """
  )

  /// Words that mean nearly the same, one set a line; the first stands for all.
  static let synonyms: [String: String] = {
    var table: [String: String] = [:]
    for line in synonymLines.split(separator: "\n") {
      let group = line.split(separator: " ").map(String.init)
      guard let first = group.first else { continue }
      for word in group where table[word] == nil { table[word] = first }
    }
    return table
  }()

  /// Pairs of words of which one denies the other.
  static let opposites: [String: Set<String>] = {
    var table: [String: Set<String>] = [:]
    for line in oppositeLines.split(separator: "\n") {
      let pair = line.split(separator: " ").map { canonical(String($0)) }
      guard pair.count == 2 else { continue }
      table[pair[0], default: []].insert(pair[1])
      table[pair[1], default: []].insert(pair[0])
    }
    return table
  }()

  /// Verbs and nouns of requests that have many right answers.
  static let openRequests: Set<String> = words(
    """
    write create generate compose invent describe suggest brainstorm design make come imagine rewrite
    rephrase paraphrase summarize summarise draft propose recommend compile list construct craft devise
    develop edit formulate outline name pick produce think provide example examples story poem
    haiku joke slogan essay caption headline tweet schreibe erfinde dichte formuliere fasse écris
    inventez rédige résume escribe inventa resume scrivi riassumi
    """
  )

  private static let synonymLines = """
    big large huge sizeable sizable
    small little tiny
    begin start commence starts
    end finish conclude
    buy purchase acquire
    cost price fee charge
    fast quick rapid speedy swift
    show display present
    help assist aid support
    employee worker
    staff personnel workforce
    company firm business enterprise corporation
    car automobile
    job occupation
    doctor physician
    build construct erect
    built constructed erected
    kind type sort
    show demonstrate
    important significant crucial essential vital
    difficult hard challenging tough
    easy simple straightforward
    happy glad joyful
    wrong incorrect
    right correct
    pick select choose
    change modify alter amend
    fix repair mend
    error mistake fault
    remove delete erase
    reply respond
    answer response
    question query inquiry
    ask request
    allow permit
    permitted allowed
    require necessitate
    required needed necessary mandatory obligatory compulsory
    use utilize utilise employ
    main primary principal chief
    advantage benefit upside
    advantages benefits pros
    drawback disadvantage downside
    method way approach technique
    find locate discover detect
    found located situated
    founded established
    head leader boss
    lead run manage
    leads runs manages heads
    send dispatch ship
    obtain receive
    goal aim objective
    task assignment
    yearly annual
    monthly month
    maximum max
    minimum min
    duration length
    last take
    many numerous
    money cash
    pay compensate
    salary pay wage
    story tale
    picture image photo photograph
    film movie
    house home
    child kid
    children kids
    city town
    road street
    illness disease sickness
    medicine medication drug
    treat cure
    symptom sign
    cause reason
    effect impact influence
    impact consequence
    rise increase grow
    fall decrease decline drop
    keep retain
    store warehouse depot
    shop store
    phone telephone
    mail email
    guide manual handbook
    rule regulation
    law statute
    contract agreement
    customer client
    supplier vendor
    product item
    goods merchandise
    delivery shipment
    return refund
    cancel terminate
    holiday vacation
    vacation leave
    meeting gathering
    office bureau
    department division
    responsible accountable
    find identify determine
    create generate produce make
    write compose
    improve enhance
    provide supply
    sentence phrase
    convert transform
    classify categorize categorise
    calculate compute
    difference distinction
    compare contrast
    list enumerate
    reach contact
    open launch
    close shut
    """

  private static let oppositeLines = """
    increase decrease
    rise fall
    true false
    correct incorrect
    allowed forbidden
    allowed prohibited
    always never
    before after
    more less
    above below
    maximum minimum
    highest lowest
    high low
    open closed
    mandatory optional
    required optional
    yes no
    start end
    possible impossible
    legal illegal
    safe unsafe
    safe dangerous
    hot cold
    left right
    inside outside
    free paid
    enabled disabled
    accept reject
    approve reject
    include exclude
    included excluded
    positive negative
    early late
    morning evening
    north south
    east west
    male female
    """

  /// The word that stands for a word, its inflections and its synonyms.
  static func canonical(_ word: String) -> String {
    let stem = WordStem.stem(synonyms[word] ?? word)
    return synonyms[stem].map(WordStem.stem) ?? stem
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
