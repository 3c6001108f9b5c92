import Datasets
import TestSupport
import Testing

@Suite struct PersonalDataTests {
  @Test(arguments: [
    ("Write to anna.berg@mail.contoso.co.uk today", PersonalData.Kind.email),
    ("Call +44 20 7946 0958 after nine", .phone),
    ("(415) 624-8832 is the front desk", .phone),
    ("Ruf an: 0151 23456780", .phone),
    ("mon numéro : 06 12 47 98 31", .phone),
    ("charge 4539 1488 0343 6467 please", .card),
    ("DE89 3704 0044 0532 0130 00 is the account", .iban),
    ("SSN 219-09-9999", .nationalID),
    ("NINO AB 12 34 56 C", .nationalID),
    ("DNI 12345678Z", .nationalID),
    ("NIE X1234567L", .nationalID),
    ("CPF 111.444.777-35", .nationalID),
    ("codice fiscale RSSMRA85T10A562S", .nationalID),
    ("Steuer-ID 86095742719", .nationalID),
    ("Aadhaar 2341 2341 2346", .nationalID),
    ("from 84.17.46.201 at noon", .ipAddress),
    ("key AKIA3K7QW9ZP5M2XH8TB used", .secret),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", .secret),
  ])
  func isFound(_ text: String, _ kind: PersonalData.Kind) {
    #expect(PersonalData.find(in: text).map(\.kind) == [kind])
  }

  @Test(arguments: [
    "john@example.com and a @ b, 5@6",
    "In 2021, 2022 and 2023 there were 1.234.567 visitors.",
    "ISBN 978-3-16-148410-0, version 10.4.128.3, at 192.168.1.77",
    "(555) 555-0123 or 123-456-7890",
    "from 1990-2020, pages 123-456, 10-12-2024 14:30",
    "card 4539 1488 0343 6468 has a wrong check digit",
    "DE89 3704 0044 0532 0130 01 too",
    "order 12345678A, part 86095742710",
    "pi is 3.14159265358979 and e is 2.718281828459045",
    "01 02 03 04 05 and 1 2 3 4 5 6 7 8 9 10 11 12",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "CO2 and 600 000 000 people",
  ])
  func isNone(_ text: String) {
    #expect(PersonalData.find(in: text).isEmpty)
  }

  @Test func theRangeIsTheText() {
    let text = "Größe: anna@web.de, ende"
    let found = PersonalData.find(in: text)
    #expect(found.count == 1)
    #expect(found.first.map { Array(text.utf8)[$0.range].elementsEqual($0.text.utf8) } == true)
    #expect(found.first?.masked.contains("anna") == false)
  }

  @Test func randomTextNeverFails() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<300 {
      var text = random.text(count: 60)
      for _ in 0..<20 {
        text +=
          ["+", "(", ") ", "@", ".", "-", " ", "4", "12", "005"].randomElement(using: &random) ?? ""
      }
      _ = PersonalData.find(in: text)
      _ = LanguageDetector.language(of: text)
      let example = Example(question: text, answer: String(text.reversed()), origin: .imported)
      _ = DatasetChecker().check([example, example])
    }
  }

  @Test func madeUpDataIsFoundKindByKind() {
    var samples = PersonalDataSamples(random: SplitMix64(seed: 4001))
    var made: [String: Int] = [:]
    var missed: [String: [String]] = [:]
    for _ in 0..<6000 {
      let (kind, text) = samples.sentence()
      made[kind, default: 0] += 1
      if PersonalData.find(in: text).isEmpty { missed[kind, default: []].append(text) }
    }
    #expect(made.count == 12)
    for (kind, texts) in missed {
      #expect(Double(texts.count) <= 0.01 * Double(made[kind] ?? 0), "\(kind): \(texts.prefix(6))")
    }
  }

  @Test func randomNumbersAreRarelyTaken() {
    var random = SplitMix64(seed: 12)
    var taken = 0
    for _ in 0..<2000 {
      let count = Int.random(in: 3...19, using: &random)
      let digits = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
      taken += PersonalData.find(in: "The result was \(digits) units.").isEmpty ? 0 : 1
    }
    #expect(taken <= 20, "\(taken) of 2000")
  }
}
