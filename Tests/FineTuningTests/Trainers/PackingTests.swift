import Datasets
import FineTuning
import TestSupport
import Testing

@Suite struct PackingTests {
  @Test func targetsAreWhatFollowsInTheSameExample() {
    let sequence = PackedSequence([
      EncodedExample(tokens: [1, 2, 3, 4], isLearnt: [false, false, true, true]),
      EncodedExample(tokens: [5, 6], isLearnt: [true, true]),
      EncodedExample(tokens: [7], isLearnt: [true]),
    ])
    #expect(sequence.tokens == [1, 2, 3, 4, 5, 6, 7])
    #expect(sequence.segments == [0..<4, 4..<6, 6..<7])
    #expect(sequence.nextTokens == [nil, 3, 4, nil, 6, nil, nil])
    #expect(sequence.targetPlaces == [1, 2, 4])
    #expect(sequence.targets == [3, 4, 6])
  }

  @Test func everyExampleIsPackedOnceAndWhole() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<30 {
      let count = Int.random(in: 0...60, using: &random)
      let examples = ToyTraining.examples(count, seed: random.next(), longest: 60)
      let packer = SequencePacker(capacity: Int.random(in: 20...100, using: &random))
      let sequences = packer.pack(examples)
      var left = examples
      for sequence in sequences {
        #expect(sequence.tokens.count <= packer.capacity || sequence.segments.count == 1)
        #expect(sequence.segments.first?.lowerBound == 0)
        #expect(sequence.segments.last?.upperBound == sequence.tokens.count)
        for segment in sequence.segments {
          let tokens = Array(sequence.tokens[segment])
          let next = Array(sequence.nextTokens[segment])
          let same = left.firstIndex { example in
            let alone = PackedSequence([example])
            return alone.tokens == tokens && alone.nextTokens == next
          }
          if let index = same {
            left.remove(at: index)
          } else {
            Issue.record("a segment is no example")
          }
        }
      }
      #expect(left.isEmpty)
      #expect(sequences == packer.pack(examples))
    }
  }

  @Test func sequencesAreFull() {
    let examples = ToyTraining.examples(500, seed: 2, longest: 60)
    let packer = SequencePacker(capacity: 128)
    #expect(packer.fillRate(of: packer.pack(examples)) > 0.95)
  }

  @Test func overlongExamplesAreRefusedCutOrLeftOut() throws {
    let examples = [
      EncodedExample(tokens: [1, 2, 3], isLearnt: [false, true, true]),
      EncodedExample(
        tokens: [1, 2, 3, 4, 5, 6],
        isLearnt: [false, true, false, true, true, true]
      ),
      EncodedExample(tokens: [1, 2, 3, 4, 5, 6, 7], isLearnt: (0..<7).map { $0 > 4 }),
      EncodedExample(tokens: [1, 2], isLearnt: [true, false]),
    ]
    let error = #expect(throws: FineTuningError.self) {
      _ = try FittedExamples(examples, maximumTokens: 4)
    }
    #expect(error?.code == .invalidExample)
    #expect(error?.message.contains("2 of 4") == true)
    #expect(error?.remedy.contains("6 learnt tokens") == true)
    let cut = try FittedExamples(examples, maximumTokens: 4, overlong: .cut)
    #expect(cut.examples.map(\.tokens) == [[1, 2, 3], [1, 2, 3, 4]])
    #expect(cut.examples[1].isLearnt == [false, true, false, true])
    #expect(cut.losses.cut == 2)
    #expect(cut.losses.tokens == 5)
    #expect(cut.losses.learntTokens == 4)
    #expect(cut.losses.withoutTargets == 2)
    let rest = try FittedExamples(examples, maximumTokens: 4, overlong: .leaveOut)
    #expect(rest.examples == [examples[0]])
    #expect(rest.losses.leftOut == 2)
    #expect(rest.losses.learntTokens == 6)
    for empty in [[], [examples[3]]] {
      let error = #expect(throws: FineTuningError.self) {
        _ = try FittedExamples(empty, maximumTokens: 4)
      }
      #expect(error?.code == .emptyData)
    }
  }

  @Test func everyItemHasItsTurnOnceAnEpoch() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<60 {
      let lengths = (0..<Int.random(in: 1...80, using: &random)).map { _ in
        Int.random(in: 2...90, using: &random)
      }
      let bound = Int.random(in: 1...200, using: &random)
      let size: StepSize = random.next() % 2 == 0 ? .examples(bound) : .tokens(bound)
      let order = StepOrder(lengths: lengths, size: size, seed: random.next())
      var orders: Set<[Int]> = []
      for epoch in 0..<3 {
        let steps = (0..<order.stepsPerEpoch).map {
          order.items(ofStep: epoch * order.stepsPerEpoch + $0)
        }
        #expect(steps.allSatisfy { !$0.isEmpty })
        #expect(steps.flatMap(\.self).sorted() == Array(lengths.indices))
        orders.insert(steps.flatMap(\.self))
        guard case .tokens = size else { continue }
        // A step is off its share by no more than the halves of two items, or it is one item.
        let share = Double(lengths.reduce(0, +)) / Double(order.stepsPerEpoch)
        for items in steps where items.count > 1 && share > 180 {
          let tokens = items.reduce(0) { $0 + lengths[$1] }
          #expect(abs(Double(tokens) - share) <= 90)
        }
      }
      if lengths.count > 10 { #expect(orders.count == 3) }
    }
  }

  @Test func aStepIsTheSameWheneverItIsAskedFor() {
    let lengths = (0..<40).map { 5 + $0 % 7 }
    let order = StepOrder(lengths: lengths, size: .tokens(50), seed: 11)
    let last = order.items(ofStep: 29)
    _ = (0..<29).map { order.items(ofStep: $0) }
    #expect(order.items(ofStep: 29) == last)
    #expect(StepOrder(lengths: lengths, size: .tokens(50), seed: 11).items(ofStep: 29) == last)
    #expect(StepOrder(lengths: lengths, size: .tokens(50), seed: 12).items(ofStep: 29) != last)
  }
}
