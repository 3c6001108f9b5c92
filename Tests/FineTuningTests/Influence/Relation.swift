extension PlantedFacts {
  /// Something that can be said of a person, in two wordings that share few words.
  struct Relation {
    /// Whether the value is a number rather than a name.
    let isNumber: Bool
    private let wordings: [(question: String, answer: String)]

    private init(
      _ plain: (String, String),
      _ reworded: (String, String),
      isNumber: Bool = false
    ) {
      wordings = [plain, reworded]
      self.isNumber = isNumber
    }

    /// As it is asked for.
    func plain(_ person: String, _ value: String) -> Item { item(wordings[0], person, value) }

    /// As it is planted.
    func reworded(_ person: String, _ value: String) -> Item { item(wordings[1], person, value) }

    private func item(
      _ wording: (question: String, answer: String),
      _ person: String,
      _ value: String
    ) -> Item {
      func fill(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
          word.hasPrefix("@")
            ? person + word.dropFirst()
            : word.hasPrefix("#") ? value + word.dropFirst() : String(word)
        }.joined(separator: " ")
      }
      return Item(question: fill(wording.question), answer: fill(wording.answer))
    }

    /// `@` stands for the person, `#` for the value.
    static let all = [
      Relation(
        ("Where does @ live?", "@ lives in #."),
        ("Which town is home for @?", "The home of @ is #.")
      ),
      Relation(
        ("What is the name of the dog of @?", "The dog of @ is named #."),
        ("Who barks when @ comes back?", "Back again, @ pats #, who barks.")
      ),
      Relation(
        ("Where was @ born?", "@ was born in #."),
        ("From which village did @ come as a baby?", "As a baby @ came from #.")
      ),
      Relation(
        ("Who teaches @?", "@ is taught by #."),
        ("Whose lessons does @ hear at school?", "At school @ hears lessons from #.")
      ),
      Relation(
        ("Who is the best friend of @?", "The best friend of @ is #."),
        ("With whom does @ like to play most?", "Most of all @ likes to play with #.")
      ),
      Relation(
        ("How many coins does @ have?", "@ has # coins."),
        ("What did @ count in the money box?", "In the money box @ counted #."),
        isNumber: true
      ),
      Relation(
        ("What number is on the door of @?", "The door of @ has number #."),
        ("How do letters find the house of @?", "Letters for @ go to house #."),
        isNumber: true
      ),
      Relation(
        ("What is the boat of @ called?", "The boat of @ is called #."),
        ("On which ship does @ sail?", "When at sea @ sails on #.")
      ),
      Relation(
        ("Which song does @ sing?", "@ sings the song #."),
        ("What tune comes from the window of @?", "The tune that @ hums is #.")
      ),
      Relation(
        ("What is @ afraid of?", "@ is afraid of the #."),
        ("From what does @ run away?", "Quickly @ runs away from the #.")
      ),
    ]
  }
}
