public import Foundation
import Tokenizers

extension LanguageModel {
  /// The tokens with which the model ends what it says.
  public var endTokens: Set<Int32> {
    var tokens = Set(decoder.configuration.endTokens)
    if let end = tokenizer.specialTokens.end { tokens.insert(end) }
    return tokens
  }

  /// The tokens of a whole conversation, and which of them a model that learns to speak like the
  /// assistant has to learn: what the assistant says, and the token that ends it.
  ///
  /// Made by the same template as the prompts of ``promptTokens(for:tools:variables:now:)``. What a
  /// message adds is found by rendering the conversation up to it with and without it, so no template
  /// has to mark it. A model without a template reads the messages one under the other.
  ///
  /// - Parameters:
  ///   - messages: the conversation; text that reads like a special token is changed by a blank.
  ///   - isLearnt: for each message whether it is learnt; only an assistant's can be.
  ///   - now: the time, for templates that tell it.
  /// - Returns: the tokens, and for each whether it is learnt.
  /// - Throws: `ChatTemplateError` if the template refuses the conversation; `LanguageModelError` if it
  ///   writes a message that is learnt in another way once others follow.
  public func trainingTokens(
    for messages: [ChatMessage],
    isLearnt: [Bool],
    now: Date
  ) throws -> (tokens: [Int32], isLearnt: [Bool]) {
    precondition(messages.count == isLearnt.count, "each message has its mark")
    let messages = messages.map { harmless($0) }
    let learnt = messages.indices.filter { isLearnt[$0] && messages[$0].role == "assistant" }
    let rendered =
      chatSettings.template(withTools: false) == nil
      ? plainText(messages, learnt) : try templateText(messages, learnt, now: now)
    let encoding = tokenizer.encode(rendered.text, addSpecialTokens: rendered.isPlain)
    var tokens = encoding.ids
    let ends = endTokens
    var marks = [Bool](repeating: false, count: tokens.count)
    for span in rendered.spans { mark(span, of: encoding, upTo: ends, in: &marks) }
    // A template that does not end what was said would make a model that never stops.
    let isEnded = marks.lastIndex(of: true).map { ends.contains(tokens[$0]) } ?? false
    if !isEnded, let last = rendered.spans.last, learnt.last == messages.indices.last,
      last.upperBound == rendered.text.unicodeScalars.count,
      let end = decoder.configuration.endTokens.first ?? tokenizer.specialTokens.end
    {
      tokens.append(end)
      marks.append(true)
    }
    return (tokens, marks)
  }

  /// A conversation as text, and the scalars of it that are learnt.
  private struct RenderedConversation {
    var text: String
    var spans: [Range<Int>]
    var isPlain: Bool
  }

  /// Marks the tokens of a span up to the first that ends what is said.
  private func mark(
    _ span: Range<Int>,
    of encoding: Encoding,
    upTo ends: Set<Int32>,
    in marks: inout [Bool]
  ) {
    for (index, offset) in encoding.offsets.enumerated()
    where offset.lowerBound < span.upperBound && offset.upperBound > span.lowerBound {
      marks[index] = true
      if ends.contains(encoding.ids[index]) { return }
    }
  }

  private func plainText(_ messages: [ChatMessage], _ learnt: [Int]) -> RenderedConversation {
    var text = ""
    var spans: [Range<Int>] = []
    for (index, message) in messages.enumerated() {
      if index > 0 { text += "\n" }
      let start = text.unicodeScalars.count
      text += message.content?.stringValue ?? ""
      if learnt.contains(index) { spans.append(start..<text.unicodeScalars.count) }
    }
    return RenderedConversation(text: text, spans: spans, isPlain: true)
  }

  private func templateText(
    _ messages: [ChatMessage],
    _ learnt: [Int],
    now: Date
  ) throws -> RenderedConversation {
    let template = try template(withTools: false)
    func text(_ count: Int, asksForMore: Bool) throws -> String {
      try template.render(
        messages: Array(messages.prefix(count)),
        addGenerationPrompt: asksForMore,
        variables: chatSettings.variables,
        now: now
      )
    }
    let whole = try text(messages.count, asksForMore: false)
    var spans: [Range<Int>] = []
    for index in learnt {
      let before = index == 0 ? "" : try text(index, asksForMore: true)
      let upTo = index == messages.count - 1 ? whole : try text(index + 1, asksForMore: false)
      let start = before.unicodeScalars.count
      guard upTo.unicodeScalars.starts(with: before.unicodeScalars),
        whole.unicodeScalars.starts(with: upTo.unicodeScalars)
      else {
        throw LanguageModelError(
          .invalidInput,
          "The chat template writes the assistant's message \(index + 1) in another way once the "
            + "conversation goes on, so what is to be learnt of it cannot be told.",
          subject: location.path,
          remedy: "Learn only the last message of each conversation, or cut the conversation there."
        )
      }
      // Blanks behind the end belong to the next message.
      let end =
        upTo.unicodeScalars.count
        - upTo.unicodeScalars.reversed().prefix {
          $0.properties.isWhitespace
        }.count
      spans.append(start..<max(start, end))
    }
    var text = whole
    if let last = spans.last, learnt.last == messages.count - 1 {
      text = String(whole.unicodeScalars.prefix(last.upperBound))
    }
    return RenderedConversation(text: text, spans: spans, isPlain: false)
  }
}
