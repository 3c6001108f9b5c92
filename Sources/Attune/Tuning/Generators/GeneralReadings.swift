/// Questions on the sentences of ``GeneralTexts``, on which is measured whether a tuned answer model can
/// still read.
enum GeneralReadings {
  static let all: [(question: String, passage: String, answer: String)] = [
    (0, "Where does the river rise?", "in the mountains"),
    (0, "How many lakes does the river flow through?", "two"),
    (1, "What did she pack after breakfast?", "a small bag"),
    (1, "Where did she walk to?", "the station"),
    (2, "What does bread need before it is baked?", "time to rise"),
    (3, "Where do many birds fly in winter?", "south"),
    (5, "How many sides does a triangle have?", "three"),
    (6, "What was the children's tower built of?", "wooden blocks"),
    (7, "What do most plants need?", "light, water and a little soil"),
    (8, "When does the meeting begin?", "nine"),
    (9, "When does water turn into steam?", "When water is heated to its boiling point"),
    (11, "On which day is the library closed?", "Sunday"),
    (11, "How many books may children borrow at a time?", "five"),
    (13, "Why was the train late?", "because a tree had fallen across the line during the storm"),
    (14, "How long does the moon need to go around the earth?", "about a month"),
    (15, "What did my grandmother keep?", "bees"),
    (17, "What did the doctor tell him to drink?", "plenty of tea"),
    (18, "Which metal does not rust?", "Gold"),
    (20, "Which instrument did she learn to play as a child?", "the violin"),
    (21, "What do ships use today to find their way?", "satellites"),
    (23, "How long should one wait after pouring water over the tea leaves?", "three minutes"),
    (24, "Why was a new bridge built?", "too narrow for lorries"),
    (26, "How many months does a year have?", "twelve"),
    (26, "Which month has one day more every fourth year?", "February"),
    (28, "Why did he open the window?", "because the room smelled of paint"),
  ].map { ($0.1, GeneralTexts.all[$0.0], $0.2) }
}
