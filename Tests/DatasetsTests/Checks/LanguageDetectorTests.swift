import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct LanguageDetectorTests {
  @Test(arguments: [
    ("en", "What is the name of the river that runs through the old town?"),
    ("de", "Wie heißt der Fluss, der durch die alte Stadt und an der Mühle vorbei fließt?"),
    ("fr", "Quel est le nom de la rivière qui traverse la vieille ville et le parc ?"),
    ("es", "¿Cuál es el nombre del río que pasa por la ciudad vieja y el parque?"),
    ("it", "Qual è il nome del fiume che passa per la città vecchia e non è nel parco?"),
    ("pt", "Qual é o nome do rio que passa pela cidade e não fica no parque da praça?"),
    ("nl", "Wat is de naam van de rivier die door het oude centrum van de stad stroomt?"),
    ("pl", "Jak się nazywa rzeka, która płynie przez stare miasto i nie jest w parku?"),
    ("ru", "Как называется река, которая течёт через старый город и не замерзает?"),
    ("uk", "Як називається річка, яка тече через старе місто і не замерзає?"),
    ("el", "Ποιο είναι το όνομα του ποταμού;"),
    ("ja", "この川の名前は何ですか"),
    ("zh", "这条河叫什么名字"),
    ("ko", "이 강의 이름은 무엇입니까"),
    ("ar", "ما هو اسم النهر"),
  ])
  func languages(_ code: String, _ text: String) {
    #expect(LanguageDetector.language(of: text) == code)
  }

  @Test(arguments: ["", "42", "x = 3 + 4", "OK", "Zürich Genève Milano"])
  func tooLittleToTell(_ text: String) {
    #expect(LanguageDetector.language(of: text) == nil)
  }
}
