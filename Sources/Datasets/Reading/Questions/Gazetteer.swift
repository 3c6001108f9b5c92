/// Names that tell a person or a place: short lists of frequent ones.
enum Gazetteer {
  enum Place: Sendable {
    case country, state, city, region
  }

  static func place(_ key: String) -> Place? {
    if countries.contains(key) { return .country }
    if states.contains(key) { return .state }
    if cities.contains(key) { return .city }
    if regions.contains(key) { return .region }
    guard let last = key.split(separator: " ").last, key.contains(" ") else { return nil }
    return placeWords.contains(String(last)) ? .region : nil
  }

  static let titles = EnglishWords.words(
    """
    president king queen prince princess emperor empress pope sir lord lady mr mr. mrs mrs. ms ms. dr dr. director
    actor actress singer author writer composer producer professor prof. general gen. senator saint st.
    captain chancellor minister judge justice bishop duke earl count baron poet novelist philosopher
    scientist physicist chemist mathematician engineer inventor artist painter sculptor architect
    musician rapper guitarist drummer comedian journalist historian coach quarterback footballer
    playwright screenwriter songwriter economist biologist astronomer explorer businessman
    """
  )

  /// Words in the names of companies, works and bodies, which are no persons.
  static let bodies = EnglishWords.words(
    """
    company corporation inc inc. ltd records studios university college school institute association
    council committee party league club team museum church bank group pictures entertainment films
    television network press times magazine award awards prize festival act treaty war battle army navy
    force court congress parliament senate department ministry agency bureau commission union
    federation foundation society hospital theatre theater orchestra band stadium cup games series
    show productions media news office system program project service services world national
    international american british english french german disease syndrome
    """
  )

  static let placeWords = EnglishWords.words(
    """
    river mountains mountain island islands county city valley lake ocean sea park street bay beach
    peninsula desert canyon avenue road square castle airport station bridge district province region
    territory hills coast gulf strait falls harbor forest village town township
    """
  )

  static let firstNames = EnglishWords.words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew
    anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason
    jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
    gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas
    zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin
    arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne
    roy ralph randy eugene vincent russell elijah louis bobby philip johnny mary patricia jennifer linda
    elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley dorothy kimberly
    emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
    shirley angela helen anna brenda pamela nicole emma samantha katherine christine debra rachel
    catherine carolyn janet ruth maria heather diane virginia julie joyce victoria olivia kelly christina
    lauren joan evelyn judith megan cheryl andrea hannah martha jacqueline frances gloria ann teresa
    kathryn sara janice jean alice madison doris abigail julia judy grace denise amber marilyn beverly
    danielle theresa sophia marie diana brittany natalie isabella charlotte rose alexis kayla winston
    theodore franklin abraham isaac max leo hans karl friedrich wilhelm johann ludwig wolfgang heinrich
    otto franz hermann pierre jacques françois claude marcel antoine henri jean-paul émile victor
    giovanni leonardo galileo antonio marco mario luigi francesco carlos fernando pablo miguel diego
    luis pedro jorge alfonso ivan vladimir nikolai boris sergei mikhail leon igor dmitri joseph adolf
    mao mahatma jawaharlal indira mohandas rajiv narendra muhammad mohammed ali ahmed hassan omar
    abdul hiroshi akira martin luther oscar alfred ernest edgar ernst fred freddie elvis jimmy jim bob
    bill tom tim sam ben dan steve mike chris matt nick tony joey johnny jimi kurt bono neil ringo brad
    leonardo robin morgan will clint harrison sean hugh colin keira kate emma daniel rupert tom johnny
    orlando ian viggo nicole meryl julia sandra jodie sigourney natalie scarlett anne audrey marlon
    humphrey cary gene fred ginger judy stanley alfred steven francis ridley james quentin martin woody
    spike joel ethan roman federico ingmar akira stan jerry dave ed eddie ray barry phil don ron glenn
    isabel margaret jane harriet florence clara rosa eleanor edith agatha virginia sylvia emily toni
    """
  )

  private static let countries = names(
    """
    united states,united kingdom,england,scotland,wales,ireland,northern ireland,france,germany,italy,
    spain,portugal,netherlands,belgium,luxembourg,switzerland,austria,poland,czech republic,slovakia,
    hungary,romania,bulgaria,greece,turkey,russia,soviet union,ukraine,belarus,estonia,latvia,lithuania,
    finland,sweden,norway,denmark,iceland,serbia,croatia,slovenia,bosnia,albania,macedonia,kosovo,
    china,japan,south korea,north korea,korea,taiwan,mongolia,vietnam,thailand,laos,cambodia,myanmar,burma,
    malaysia,singapore,indonesia,philippines,india,pakistan,bangladesh,nepal,bhutan,sri lanka,maldives,
    afghanistan,iran,iraq,syria,lebanon,israel,palestine,jordan,saudi arabia,yemen,oman,qatar,bahrain,kuwait,
    united arab emirates,egypt,libya,tunisia,algeria,morocco,sudan,ethiopia,eritrea,somalia,kenya,uganda,
    tanzania,rwanda,burundi,congo,nigeria,ghana,senegal,mali,niger,chad,cameroon,gabon,angola,zambia,
    zimbabwe,mozambique,malawi,botswana,namibia,south africa,lesotho,madagascar,mauritius,canada,mexico,
    guatemala,honduras,el salvador,nicaragua,costa rica,panama,cuba,jamaica,haiti,dominican republic,
    puerto rico,colombia,venezuela,ecuador,peru,bolivia,chile,argentina,uruguay,paraguay,brazil,guyana,
    australia,new zealand,fiji,papua new guinea,cyprus,malta,vatican city,kazakhstan,uzbekistan,armenia,
    georgia,azerbaijan,u.s.,us,usa,uk,prussia,yugoslavia,czechoslovakia
    """
  )
  private static let states = names(
    """
    alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,hawaii,idaho,illinois,
    indiana,iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,
    missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,north carolina,north dakota,ohio,
    oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,
    virginia,west virginia,wisconsin,wyoming,ontario,quebec,british columbia,alberta,manitoba,nova scotia,
    new south wales,queensland,tasmania,bavaria,saxony,kerala,punjab,gujarat,maharashtra,tamil nadu
    """
  )
  private static let cities = names(
    """
    new york,new york city,los angeles,chicago,houston,philadelphia,phoenix,san antonio,san diego,dallas,
    san francisco,austin,seattle,denver,boston,washington d.c.,detroit,nashville,memphis,portland,las vegas,
    baltimore,milwaukee,atlanta,miami,oakland,cleveland,new orleans,tampa,pittsburgh,cincinnati,st. louis,
    london,manchester,liverpool,birmingham,leeds,glasgow,edinburgh,cardiff,belfast,dublin,oxford,cambridge,
    paris,lyon,marseille,berlin,munich,hamburg,frankfurt,cologne,vienna,zurich,geneva,rome,milan,naples,
    venice,florence,turin,madrid,barcelona,seville,lisbon,amsterdam,rotterdam,brussels,antwerp,copenhagen,
    stockholm,oslo,helsinki,warsaw,kraków,prague,budapest,bucharest,sofia,athens,istanbul,ankara,moscow,
    saint petersburg,kiev,tokyo,kyoto,osaka,hiroshima,nagasaki,beijing,shanghai,hong kong,seoul,bangkok,
    hanoi,jakarta,manila,delhi,new delhi,mumbai,bombay,calcutta,kolkata,chennai,bangalore,hyderabad,
    karachi,lahore,dhaka,tehran,baghdad,damascus,beirut,jerusalem,tel aviv,mecca,cairo,alexandria,tunis,
    casablanca,nairobi,lagos,johannesburg,cape town,toronto,montreal,vancouver,ottawa,calgary,mexico city,
    havana,bogotá,caracas,lima,santiago,buenos aires,rio de janeiro,são paulo,sydney,melbourne,brisbane,
    perth,auckland,wellington,hollywood,brooklyn,manhattan,columbus,indianapolis,charlotte,orlando
    """
  )
  private static let regions = names(
    """
    europe,asia,africa,north america,south america,latin america,central america,antarctica,oceania,
    middle east,western europe,eastern europe,southeast asia,west africa,scandinavia,siberia,the alps,
    mediterranean,caribbean,pacific,atlantic,new england,normandy,catalonia,sicily,tibet,crimea
    """
  )

  private static func names(_ text: String) -> Set<String> {
    Set(
      text.split(whereSeparator: { $0 == "," || $0.isNewline })
        .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    )
  }
}
