/// Tells the language of a text by its script and its most frequent words.
///
/// Enough to see that a dataset is mixed; not a linguist. Languages that share a script beyond those
/// listed are counted as their most likely neighbour or as unknown.
public enum LanguageDetector {
  /// The ISO 639-1 code of the language; nil where the text is too short or gives no clear sign.
  ///
  /// - Complexity: O(n) in the length of the text; only the first 4,000 scalars are read.
  public static func language(of text: String) -> String? {
    var scripts = ScriptCounts()
    for scalar in text.unicodeScalars.prefix(4000) { scripts.count(scalar) }
    guard scripts.letters >= 2 else { return nil }
    if let language = scripts.language { return language }
    let words = text.prefix(4000).lowercased().split { !$0.isLetter && $0 != "'" }
    if scripts.cyrillic * 2 > scripts.letters { return best(words, among: cyrillic) ?? "ru" }
    guard scripts.latin * 2 > scripts.letters, words.count >= 5 else { return nil }
    return best(words, among: latin, marks: text.prefix(4000))
  }

  private static func best(
    _ words: [Substring],
    among profiles: [Profile],
    marks text: Substring = ""
  ) -> String? {
    var scores = [Double](repeating: 0, count: profiles.count)
    for word in words {
      for index in profiles.indices where profiles[index].words.contains(word) {
        scores[index] += 1
      }
    }
    let letters = Set(text.lowercased())
    for index in profiles.indices where scores[index] > 0 {
      scores[index] += Double(profiles[index].letters.count { letters.contains($0) })
    }
    guard let top = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return nil }
    let second = scores.indices.filter { $0 != top }.map { scores[$0] }.max() ?? 0
    // A few words of a language stand in most texts of it; names and lists have none.
    guard scores[top] >= 3 || scores[top] * 3 >= Double(words.count) && scores[top] >= 2,
      scores[top] >= Double(words.count) * 0.08, scores[top] > second * 1.15
    else { return nil }
    return profiles[top].code
  }

  private struct Profile {
    var code: String
    var words: Set<Substring>
    /// Letters that few other languages have.
    var letters: [Character]

    init(_ code: String, _ letters: String, _ words: String) {
      self.code = code
      self.letters = Array(letters)
      self.words = Set(words.split(separator: " "))
    }
  }

  private static let latin = [
    Profile(
      "en",
      "",
      "a i the of and to in is that for it was with as on are by this be from at which you not have or an what how who where why my me one can will they your we do does their has"
    ),
    Profile(
      "de",
      "äöüß",
      "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei wie was wer wo ich kann"
    ),
    Profile(
      "fr",
      "çèêœà",
      "le la les de des et en un une du est que qui dans pour par sur au pas plus avec ce il sont aux je vous nous quel quelle comment où être cette"
    ),
    Profile(
      "es",
      "ñ¿¡",
      "el la los las de que y en un una por con para del se no es al lo como más su fue está son qué cuál cómo este esta muy pero dónde"
    ),
    Profile(
      "it",
      "òì",
      "il di che è la in per un una del della non sono con i le da si al nel come più alla gli anche dei delle questo quale cosa chi dove"
    ),
    Profile(
      "pt",
      "ãõç",
      "o a os as de que e em um uma do da para com não por no na dos das se mais como foi é ao qual são você seu sua pelo onde quem"
    ),
    Profile(
      "nl",
      "ĳ",
      "de het een en van in is dat op te zijn voor met die niet aan er om ook als bij naar wat hoe wie deze werd worden door hij kan uit waar"
    ),
    Profile(
      "sv",
      "å",
      "och i att det som en på är av för med den till inte om ett var har de från hur vad kan vi jag eller sin när vilken"
    ),
    Profile(
      "da",
      "æøå",
      "og i at det er en til på som af for med den ikke der de var et fra har om hvad hvordan kan jeg vi blev eller hvor"
    ),
    Profile(
      "no",
      "æøå",
      "og i det er en til på som av for med at ikke den de var et fra har om hva hvordan kan jeg vi ble eller hvor etter"
    ),
    Profile(
      "fi",
      "",
      "ja on ei se että oli hän ovat mutta kun joka mitä miten ole tai myös kuin niin sen voi mikä missä kuka ovatko"
    ),
    Profile(
      "pl",
      "łąęśżźćń",
      "i w na z że do się nie jest o jak to po co za od przez dla są ale czy który która być jego tym jaki gdzie"
    ),
    Profile(
      "cs",
      "řěůčžš",
      "a v na se je že s z do to o i za pro jako ale by jsou které který byl od po jak co kde podle není"
    ),
    Profile(
      "hu",
      "őű",
      "a az és hogy nem is egy van meg de ez azt volt mint csak ki mi hogyan vagy el már még lehet milyen hol"
    ),
    Profile(
      "ro",
      "ășțţ",
      "și în de la a cu pe din care nu este un o pentru că sunt mai se ce au fost prin sau cum unde"
    ),
    Profile(
      "tr",
      "ğışİ",
      "ve bir bu da de için ile olarak çok ne daha olan gibi var en değil mi nasıl sonra kadar nedir hangi olduğu"
    ),
    Profile(
      "id",
      "",
      "yang dan di dengan untuk dari pada ini itu adalah dalam tidak ke oleh akan juga apa siapa sebagai karena atau bagaimana berapa dimana"
    ),
    Profile(
      "vi",
      "đơư",
      "của và là có không được cho trong một những các với người này đã để khi như từ gì nào"
    ),
  ]

  private static let cyrillic = [
    Profile(
      "ru",
      "ыэъ",
      "и в не на что с по как это он к из для от но же за его а то было или так какой где кто"
    ),
    Profile(
      "uk",
      "іїєґ",
      "і в не на що з до як це він та для від але за його є у й було або який де хто про"
    ),
    Profile(
      "bg",
      "",
      "и в не на че с по как това той за от но се да е са са със към или който къде кой като"
    ),
    Profile("sr", "ђћџљњ", "и у не на да је се са од за као то што али су који где ко или био"),
  ]
}
