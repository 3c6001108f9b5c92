import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct ComparisonReportTests {
  private typealias Fixture = ComparisonFixture

  @Test func aClearDifferenceIsAVerdictWithItsFigures() throws {
    let questions = Fixture.questions(documents: 20)
    let report = try Fixture.report(
      questions,
      [
        Fixture.run(Fixture.arm("retrieval"), questions) { index, _ in index % 8 != 0 },
        Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 4 == 1 },
      ]
    )
    let pair = try #require(report.pairs.first)
    #expect(report.pairs.count == 1 && pair.verdict == .firstBetter)
    #expect(pair.correctedPValue < 0.05 && agree(pair.difference.mean, 0.625))
    #expect(pair.questionsMore == nil && pair.documentsMore == nil && !pair.isForThisAdapter)
    #expect(pair.mcNemarPValue.map { $0 < 0.001 } == true)
    #expect(pair.sentence.hasPrefix("Retrieval is better than Base by 62 points ("))
    #expect(
      pair.sentence.hasSuffix(" p < 0.001 after correction; 80 questions over 20 documents).")
    )
    // Handed in the other way round it is the same verdict.
    let turned = try Fixture.report(
      questions,
      [
        Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 4 == 1 },
        Fixture.run(Fixture.arm("retrieval"), questions) { index, _ in index % 8 != 0 },
      ]
    )
    #expect(turned.pairs.first?.verdict == .secondBetter)
    #expect(turned.pairs.first?.sentence == pair.sentence)
  }

  @Test func whereNothingIsShownItSaysHowMuchMoreWouldShowIt() throws {
    let questions = Fixture.questions(documents: 20)
    let report = try Fixture.report(
      questions,
      [
        Fixture.run(Fixture.arm("base"), questions) { index, _ in index % 3 == 0 },
        Fixture.run(Fixture.arm("both"), questions) { index, _ in index % 7 < 2 },
      ]
    )
    let pair = try #require(report.pairs.first)
    #expect(pair.verdict == .notDistinguishable && pair.correctedPValue >= 0.05)
    let (questionsMore, documentsMore) = (
      try #require(pair.questionsMore), try #require(pair.documentsMore)
    )
    // As many questions a document as there are.
    #expect(questionsMore == 4 * documentsMore)
    #expect(pair.minimalDetectableDifference > abs(pair.difference.mean))
    #expect(pair.sentence.hasPrefix("Base and Both are not distinguishable: difference "))
    #expect(pair.sentence.hasSuffix(" more documents would settle it."))
  }

  @Test func armsThatAreAlikeAreSaidToBe() throws {
    let questions = Fixture.questions(documents: 12)
    let runs = ["base", "both"].map { id in
      Fixture.run(Fixture.arm(id), questions) { index, _ in index % 3 == 0 }
    }
    let pair = try #require(try Fixture.report(questions, runs).pairs.first)
    #expect(pair.verdict == .notDistinguishable && pair.pValue == 1 && pair.questionsMore == nil)
    #expect(pair.sentence.hasSuffix("they score alike on every document."))
  }

  @Test func holmRunsOverAllPairsAndThePlanKnowsIt() throws {
    let questions = Fixture.questions(documents: 16)
    let runs = [5, 6, 7, 8].map { step in
      Fixture.run(Fixture.arm("arm\(step)"), questions) { index, _ in index % step == 0 }
    }
    let four = try Fixture.report(questions, runs)
    #expect(four.pairs.count == 6)
    #expect(
      ProportionStatistics.holm(four.pairs.map(\.pValue)) == four.pairs.map(\.correctedPValue)
    )
    let two = try Fixture.report(questions, [runs[2], runs[3]])
    let (alone, among) = (try #require(two.pairs.first), try #require(four.pairs.last))
    #expect(alone.difference == among.difference)
    #expect(alone.minimalDetectableDifference < among.minimalDetectableDifference)
    #expect(try #require(alone.questionsMore) < (try #require(among.questionsMore)))
  }

  @Test func aTunedArmOfOneSeedHasAVerdictForItsAdapterOnly() throws {
    let questions = Fixture.questions(documents: 20)
    func report(seeds: [UInt64], otherSeeds: [UInt64]? = nil) throws -> PairReport {
      let tuned = Fixture.arm("tuned", tuned: true)
      let other = Fixture.arm("base", tuned: otherSeeds != nil)
      let report = try Fixture.report(
        questions,
        [
          Fixture.run(tuned, questions, seeds: seeds) { index, _ in index % 4 != 0 },
          Fixture.run(other, questions, seeds: otherSeeds ?? [1]) { index, _ in index % 4 == 0 },
        ]
      )
      return try #require(report.pairs.first)
    }
    let one = try report(seeds: [1])
    #expect(one.isForThisAdapter)
    #expect(one.sentence.hasSuffix("), for this adapter: it was trained with one seed."))
    #expect(try report(seeds: [1, 2]).sentence.hasSuffix("trained with two seeds."))
    #expect(try report(seeds: [1], otherSeeds: [1]).sentence.contains("for these adapters"))
    let three = try report(seeds: [1, 2, 3])
    #expect(!three.isForThisAdapter && three.sentence.hasSuffix("documents)."))
  }

  @Test func aQuestionsScoreIsTheMeanOverSeeds() throws {
    let questions = Fixture.questions(documents: 2, perDocument: 1)
    var run = Fixture.run(Fixture.arm("t", tuned: true), questions, seeds: [1, 2, 3]) { _, _ in true
    }
    run.seeds[1].answers[questions[0].id] = Fixture.answer(questions[0].id, isRight: false)
    let other = Fixture.run(Fixture.arm("base"), questions) { _, _ in true }
    let report = try Fixture.report(questions, [run, other])
    #expect(agree(try #require(report.arms[0].measure(.right)).mean, 5.0 / 6))
    let reply = try #require(report.questions[0].replies.first)
    #expect(agree(try #require(reply.scores["right"]), 2.0 / 3))
    #expect(reply.answer.answer == "right" && report.pairs[0].mcNemarPValue == nil)
  }

  @Test func measuresStandOverTheirOwnQuestions() throws {
    let asked =
      Fixture.questions(documents: 3) + [
        Question(id: "u", question: "?", answers: [], kind: .unanswerable, topic: "none")
      ]
    var run = Fixture.run(Fixture.arm("base"), asked) { index, _ in index < 6 }
    run.seeds[0].answers["u"] = Fixture.answer("u", isRight: false, .abstained)
    for index in 0..<4 {
      run.seeds[0].answers[asked[index].id]?.surprise = index < 2 ? 1 : 3
      run.seeds[0].answers[asked[index].id]?.milliseconds = Double(1000 * (index + 1))
      run.seeds[0].answers[asked[index].id]?.promptTokens = 13
    }
    let cited = ArmAnswer.Place(url: "attune://d", document: "d0.md", quote: "right")
    run.seeds[0].answers[asked[0].id]?.citations = [cited]
    run.seeds[0].answers[asked[1].id]?.trainedOn = ["example 1"]
    run.resources.trainingSeconds = 3600
    let known = Dictionary(
      uniqueKeysWithValues: asked.prefix(12).map { ($0.id, $0.id < "lookup-1") }
    )
    let prices = MachinePrices(currency: "EUR", machineHour: 3.5, watts: 500, kilowattHour: 1)
    let report = try Fixture.report(asked, [run], prices: prices, known: known)
    let arm = try #require(report.arms.first)
    #expect(agree(try #require(arm.measure(.right)).mean, 7.0 / 13))
    #expect(arm.measure(.right)?.clusters == 4 && arm.measure(.exact)?.questions == 12)
    #expect(
      arm.measure(.abstainedRightly)?.mean == 1 && arm.measure(.abstainedRightly)?.interval == nil
    )
    #expect(arm.measure(.terminology) == nil && arm.measure(.citationPrecision)?.questions == 1)
    #expect(arm.known?.mean == 1 && arm.known?.questions == 4 && arm.new?.mean == 0.25)
    #expect(agree(try #require(arm.perplexity), exp(2)))
    #expect(agree(arm.transparency.source, 1.0 / 12) && agree(arm.transparency.training, 1.0 / 12))
    #expect(agree(arm.transparency.neither, 10.0 / 12))
    #expect(arm.cost.medianMilliseconds == 0 && agree(arm.cost.p95Milliseconds, 3400))
    #expect(agree(arm.cost.promptTokens, 4))
    // Four euros an hour with electricity; ten seconds for thirteen answers.
    #expect(agree(try #require(arm.cost.preparation), 4))
    #expect(agree(try #require(arm.cost.thousandAnswers), 10.0 / 13 * 1000 / 3600 * 4))
    #expect(agree(try #require(arm.cost.rightAnswer), 10.0 / 7 / 3600 * 4))
    #expect(report.pairs.isEmpty)
  }

  @Test func answersAreStableWhereAllWordingsAndSeedsAgree() throws {
    // Four wordings on each document are two facts of two wordings.
    let questions = Fixture.questions(documents: 4)
    var run = Fixture.run(Fixture.arm("t", tuned: true), questions, seeds: [1, 2]) { _, _ in true }
    func says(_ text: String, seed: Int, _ index: Int, _ outcome: ArmAnswer.Outcome = .answered) {
      let id = questions[index].id
      run.seeds[seed].answers[id] = ArmAnswer(
        question: id,
        outcome: outcome,
        answer: text,
        shown: text
      )
    }
    // Case, articles and marks are no difference; another word, and no answer, are.
    says("The  RIGHT!", seed: 0, 0)
    says("wrong", seed: 1, 2)
    says("", seed: 0, 4, .abstained)
    for index in 6...7 {
      for seed in 0...1 { says("", seed: seed, index, .failed) }
    }
    for index in 8...9 {
      for seed in 0...1 { says("anything", seed: seed, index, .abstained) }
    }
    let report = try Fixture.report(questions, [run])
    let stability = try #require(report.arms[0].measure(.stability))
    #expect(stability.questions == 8 && stability.clusters == 4)
    #expect(agree(stability.mean, 5.0 / 8))
    let single = Array(questions.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
    #expect(try Fixture.report(single, [run]).arms[0].measure(.stability) == nil)
  }

  @Test func kindsAreComparedWhereThereAreEnoughOfThem() throws {
    let questions =
      Fixture.questions(documents: 12, kind: .lookup)
      + Fixture.questions(documents: 8, kind: .term)
    let report = try Fixture.report(
      questions,
      ["base", "both"].map { id in
        Fixture.run(Fixture.arm(id), questions) { index, question in
          question.kind == .lookup && id == "both" ? index % 6 != 0 : index % 4 == 0
        }
      }
    )
    let kinds = report.kinds
    #expect(kinds.map(\.kind) == ["lookup", "term"] && kinds.map(\.questions) == [48, 32])
    #expect(kinds[0].pairs.first?.verdict == .secondBetter && kinds[1].pairs.isEmpty)
    #expect(kinds[0].right["both"].map { agree($0.mean, 40.0 / 48) } == true)
    #expect(report.remarks.contains { $0.hasSuffix("not compared by themselves: term (32).") })
  }
}
