import Foundation
import TestSupport
import Testing

/// What programs that read the output rely on: names, types and order as the design lays them down.
@Suite(
  .enabled(if: AttuneProgram.isThere, "needs the built program"),
  .enabled(if: AttuneProgram.hasModel, "needs the embedding model"),
  .enabled(if: Tool.hasPython, "needs python3")
)
struct JSONShapeTests {
  @Test("ask, search, trace, sources, embed and tokenize print what the design says")
  func shapes() throws {
    let workspace = try Harbor.workspace()
    let question = "What do visitors sign?"
    let answer = try workspace.run("ask", "--json", question).json
    #expect(
      answer.names.isSuperset(of: [
        "id", "question", "answer", "abstained", "generator", "arm", "citations", "usage",
        "timings_ms",
      ]),
      "\(answer)"
    )
    #expect(answer["question"].string == question && answer["arm"].string == "rag")
    #expect(answer["usage"]["prompt_tokens"].int != nil)
    #expect(answer["usage"]["completion_tokens"].int != nil)
    for name in ["retrieve", "generate", "total"] {
      #expect(answer["timings_ms"][name].double.map { $0 >= 0 } == true)
    }
    let citation = answer["citations"][0]
    #expect(
      citation.names.isSuperset(of: ["marker", "url", "document", "location", "quote", "verified"])
    )
    #expect(citation["marker"].int == 1 && citation["verified"].bool == true)
    let location = citation["location"]
    #expect(location["type"].string == "char_location" && location["page"].isNull)
    let start = try #require(location["start"].int)
    let end = try #require(location["end"].int)
    #expect(end - start == citation["quote"].string?.unicodeScalars.count, "\(citation)")

    let id = try #require(answer["id"].string)
    let trace = try workspace.run("trace", id, "--json").json
    #expect(trace["id"].string == id && trace["question"].string == question)
    #expect(!trace["trace"]["retrieved"].array.isEmpty && !trace["trace"]["context"].array.isEmpty)
    #expect(trace["trace"]["generator"].string == answer["generator"].string)
    #expect(try workspace.run("trace", String(id.prefix(6))).output.contains(question))
    #expect(try workspace.run("trace", "--json").json["answers"][0]["id"].string == id)
    #expect(try workspace.run("trace", "zzzz").status == 3)

    let search = try workspace.run("search", "--json", "ferry", "pier", "--limit", "3").json
    #expect(search["query"].string == "ferry pier")
    #expect(search["results"].array.map(\.["rank"].int) == [1, 2, 3])
    let hit = search["results"][0]
    #expect(
      hit.names.isSuperset(of: ["rank", "score", "scores", "url", "document", "text", "location"])
    )
    #expect(
      hit["scores"]["dense"].double != nil && hit["scores"]["lexical"].double != nil,
      "\(hit)"
    )
    #expect(hit["document"].string == "notes.txt")
    let scores = search["results"].array.compactMap(\.["score"].double)
    #expect(scores == scores.sorted(by: >))

    let sources = try workspace.run("sources", "--json").json["sources"]
    #expect(sources.array.compactMap(\.["name"].string) == ["docs", "port"])
    #expect(sources[0]["documents"].int == 7 && sources[1]["documents"].int == 2, "\(sources)")
    #expect(sources[1]["kind"].string == "sqlite")
    #expect(sources.array.allSatisfy { $0["failures"].array.isEmpty })

    let embedded = try workspace.run("embed", "--json", "a text").json
    #expect(embedded["id"].string != nil)
    let vector = embedded["embedding"].array.compactMap(\.double)
    #expect(vector.count == 384)
    #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4, "vectors have length one")

    let tokens = try workspace.run("models", "tokenize", "--json", "a lighthouse").json
    #expect(tokens["ids"].array.compactMap(\.int).count == tokens["tokens"].strings.count)
    #expect(tokens["tokens"].strings.first == "[CLS]" && tokens["tokens"].strings.last == "[SEP]")
  }

  @Test("a batch keeps order and ids, reports a bad line and goes on")
  func batches() throws {
    let workspace = try Harbor.workspace()
    let lines = """
      {"id": "b", "question": "What do visitors sign?"}
      {"id": 7, "question": "Where does the ferry to Osterholm leave from?"}

      this is no JSON
      {"id": "no-question"}
      {"question": "fog horn"}
      ["an", "array"]
      {"id": "last", "question": "\\u001b[31m \\u0000 who?"}
      """
    let expected = ["b", "7", "4", "no-question", "6", "7", "last"]
    for command in ["ask", "search"] {
      let run = try workspace.run(command, "--batch", "-", "--json", input: lines)
      #expect(run.status == 1, "\(run)")
      #expect(run.jsonLines.compactMap(\.["id"].string) == expected, "\(run)")
      #expect(
        run.jsonLines.map { $0["error"].exists } == [false, false, true, true, false, true, false]
      )
      let error = run.jsonLines[2]["error"]
      #expect(
        error["subject"].string?.contains("line 4") == true && error["remedy"].exists,
        "\(error)"
      )
      #expect(!run.output.contains("\u{1B}"))
    }
    let good =
      "{\"id\":\"x\",\"question\":\"fog horn\",\"text\":\"fog horn\"}\n"
      + "{\"id\":\"y\",\"question\":\"pier\",\"text\":\"pier\"}\n"
    let file = try workspace.write(good, to: "batch.jsonl")
    for command in [["ask"], ["search"], ["embed"], ["models", "tokenize"]] {
      let run = try AttuneProgram.run(
        command + ["--batch", file.path, "--json"],
        in: workspace.root
      )
      #expect(run.status == 0, "\(run)")
      #expect(run.jsonLines.compactMap(\.["id"].string) == ["x", "y"], "\(run)")
    }
    for command in [["ask"], ["search"], ["embed"], ["models", "tokenize"]] {
      let run = try AttuneProgram.run(
        command + ["--batch", "nowhere.jsonl", "--json"],
        in: workspace.root
      )
      #expect(run.status == 3 && run.errors.contains("nowhere.jsonl"), "\(run)")
    }
    let bad = "{\"id\":\"x\",\"text\":\"fog horn\"}\nno JSON\n{\"id\":\"z\",\"text\":\"pier\"}\n"
    for command in [["embed"], ["models", "tokenize"]] {
      let run = try AttuneProgram.run(command + ["--batch", "-"], in: workspace.root, input: bad)
      #expect(run.status == 1, "\(command): \(run)")
      #expect(run.jsonLines.compactMap(\.["id"].string) == ["x", "2", "z"], "\(command): \(run)")
    }
    let empty = try workspace.run("ask", "--batch", "-", input: "")
    #expect(empty.status == 0 && empty.output.isEmpty, "\(empty)")
  }
}
