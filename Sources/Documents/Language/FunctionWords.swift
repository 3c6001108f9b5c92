/// The small words of each language: articles, prepositions, pronouns, auxiliary verbs.
enum FunctionWords {
  typealias Language = (tag: String, words: Set<String>)

  static let latin: [Language] = [
    language(
      "en",
      """
      the of and to in is that for it as was with be by on not he this are or his from at which but
      have an had they you were their we been has will would can if all there when who more no so
      what said its about into than them only other could any our your these should may must how
      """
    ),
    language(
      "de",
      """
      der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
      werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war
      haben nur oder aber vor zur bis mehr durch man sein wurde wenn können wir ich diese keine ihre
      """
    ),
    language(
      "fr",
      """
      de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont
      avec ou son lui nous vous leur cette ces été aux être elle ont mais comme si sa ses même dont
      fait entre sans tout peut où votre notre très après aussi je d l qu c n s
      """
    ),
    language(
      "es",
      """
      de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o
      este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos
      durante todos uno les ni contra otros ese eso ante ellos es está son fue ser han usted años
      """
    ),
    language(
      "pt",
      """
      de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das
      tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era
      depois sem mesmo aos ter seus quem nas me esse eles estão você são deve pode
      """
    ),
    language(
      "it",
      """
      di e il la che in a per è un non del una da sono con le si i della al dei come lo ha nel più
      alla ma gli anche se o delle questo dal nella ci essere sua suo cui degli sul dalla loro ai tra
      quando stato era fra tutti questa molto dopo perché può solo prima ed l sulla alle
      """
    ),
    language(
      "nl",
      """
      de van het een en in is dat op te zijn met voor niet die er aan om ook als dan maar bij of uit
      nog naar heeft hij worden wordt door over ze zich hebben deze tot je kan meer was ik we geen
      wel werd dit zo moet onder moeten hun kunnen tussen wij zij onze uw
      """
    ),
    language(
      "sv",
      """
      och i att det som en på är av för med den till ett om har de inte var jag från vi så kan när han
      men vid eller ska under nu sig efter hade också där år mot bara in över än alla detta vara
      finns mycket hur denna ut upp blir mellan måste
      """
    ),
    language(
      "da",
      """
      og i at det er en til af på for med den de som har et der ikke var jeg han om men vi fra så kan
      sig ved hvor efter eller skal nu over også blev vil havde være efter mod hun op når ud denne
      meget mellem hvad dem alle hvis deres blive noget af
      """
    ),
    language(
      "nb",
      """
      og i det er på som en til å av for at med har den de ikke et var om jeg fra vi så kan seg ved
      hvor etter eller skal nå over også ble vil hadde være mot hun opp når ut denne mye mellom hva
      dem alle hvis deres bli noe mer enn blir
      """
    ),
    language(
      "fi",
      """
      ja on ei se että hän oli joka mutta ovat ole myös tai kun niin sen kuin vain hänen olla mitä nyt
      jos sitä ne voi jo mukaan minun tämä vielä kanssa ennen jälkeen sekä kaikki hyvin siitä olisi
      tämän jotka eli ollut joita vuoden
      """
    ),
    language(
      "pl",
      """
      w i na z się nie że do to jest o jak a po co ale za od przez dla przy tym oraz są ma może już czy
      być tego jego które który była było były także tylko ich lub jej u pod bardzo więc jako ze ten
      przed tak kiedy gdy można będzie
      """
    ),
    language(
      "cs",
      """
      a v se na je že s z do o i to k ve pro za by ale si po jako od jeho tak u které který jsou jsem
      když byl bylo nebo až má být při co jen již také není jeho která podle mezi před však může jak
      ze tím této než už
      """
    ),
    language(
      "sk",
      """
      a v sa na je že s z do o aj to k vo pre za by ale si po ako od jeho tak u ktoré ktorý sú som keď
      bol bolo alebo až má byť pri čo len už tiež nie ktorá podľa medzi pred však môže bude zo tým než
      """
    ),
    language(
      "hu",
      """
      a az és hogy nem is egy ez volt van de meg csak már azt el ki ha mint vagy még ezt lehet kell
      minden után lesz között számára által nagyon pedig volna amely akkor ami itt ott fel be majd
      szerint során úgy sem
      """
    ),
    language(
      "ro",
      """
      de și în a la cu pe din nu că o să care este un mai pentru se au ce sunt am fi ca al fost dar
      prin sau lui ale după ei el când doar între această acest fiind ar avea poate până foarte toate
      le îi iar despre
      """
    ),
    language(
      "tr",
      """
      ve bir bu da de için ile olarak çok daha gibi en olan kadar sonra ne var ama o ya her değil mi
      ise olduğu veya göre şey ben tarafından kendi iki yeni bütün ancak hem diye önce olduğunu
      üzerinde nasıl şu
      """
    ),
    language(
      "hr",
      """
      i u je na se da su za od s a o koji kao iz što do ne bi ili te koja koje bio sa nije će biti već
      samo bila sve po pri prema između može jer ako kako ali još njegova nakon također
      """
    ),
    language(
      "id",
      """
      yang dan di dengan untuk dari pada ini adalah tidak itu dalam akan ke oleh sebagai juga dapat
      atau telah karena lebih kami mereka ada bahwa saya tersebut bisa secara anda harus sudah kepada
      """
    ),
    language(
      "vi",
      """
      và của là có trong được cho một các với không những để người này đã khi từ tại ra về như đến
      nhiều vào bị năm theo phải cũng trên hay sẽ nhưng
      """
    ),
    language(
      "ca",
      """
      de la i el que a en les per un amb una del és els no es al com se més seva seu dels aquest
      aquesta també o però són ser van molt entre sobre quan hi ha tot fins després perquè l d
      """
    ),
  ]

  static let cyrillic: [Language] = [
    language(
      "ru",
      """
      и в не на что с он как это по но к из у за от же то для все его был так она мы вы бы только или
      были если до есть при может уже этого их еще ещё о а который быть была также чтобы после
      """
    ),
    language(
      "uk",
      """
      і в не на що з він як це по але до із у за від же та для все його був так вона ми ви би тільки
      або були якщо є при може вже цього їх ще про а який бути була також щоб після й
      """
    ),
    language(
      "bg",
      """
      и в не на че с той като това по но към от за се да са е му ще или бе при може вече този тази го
      ги си още след до със във който която както само има беше
      """
    ),
    language(
      "sr",
      """
      и у је на се да су за од са а о који као из што до не би или те која које био није ће бити већ
      само била све по при према између може јер ако како али још
      """
    ),
  ]

  static let arabic: [Language] = [
    language(
      "ar",
      "في من على إلى أن التي الذي هذا هذه عن مع كان لا ما بين بعد كل أو ثم قد لم وقد كما"
    ),
    language(
      "fa",
      "و در به از که این را با است برای آن یک می تا بر شده خود های شود یا کرد ها باید ما"
    ),
    language("ur", "کے کی میں ہے اور سے کا کو اس نے پر یہ کہ ہیں تھا بھی ایک نہیں کر تھے لیے"),
  ]

  /// Letters that a language has and its neighbours do not.
  static let letters: [String: Set<Unicode.Scalar>] = [
    "de": "ß", "pt": "ãõ", "es": "ñ¿", "pl": "ąęłśźż", "cs": "ěřů", "sk": "ľĺŕ", "hu": "őű",
    "ro": "țșăţ", "tr": "ğışİ", "vi": "ơưạảấầẩậắằặẹẻếềểệịọỏốồổộớờởợụủứừửựỵ", "ru": "ыэё",
    "uk": "іїєґ", "sr": "јљњђћџ", "fa": "پچژگ", "ur": "ٹڈڑےں",
  ].mapValues { Set($0.unicodeScalars) }

  private static func language(_ tag: String, _ words: String) -> Language {
    (tag, Set(words.split(whereSeparator: \.isWhitespace).map(String.init)))
  }
}
