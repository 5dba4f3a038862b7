import Foundation
import Testing

/// `guanxi why` as users run it.
@Suite(.serialized) struct WhyCommandTests {
  @Test func answers() throws {
    let text = "和平区建立14个培养基地。"
    let all = try Command.run(["why", "--text", text])
    #expect(all.code == 0 && all.text.contains("predicate 建立: "), "\(all.errors)")
    let json = try Command.run(["why", "--text", text, "--format", "json"])
    #expect(json.lines.count == all.lines.count { !$0.hasPrefix(" ") })
    for line in json.lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["parts"] != nil)
    }
    let missing = try Command.run(["why", "--text", "村民鞣煅皮革。", "--expect", "(村民, 鞣煅, 皮革)"])
    #expect(missing.code == 0 && missing.text.hasPrefix("row-missing: "), "\(missing.errors)")
    let word = try Command.run(["why", "--word", "和平区"])
    #expect(word.code == 0 && word.text.contains("loaded as place.county"))
  }

  @Test func wrongUse() throws {
    for arguments in [
      ["why"], ["why", "--expect", "LOC(和平区)"],
      ["why", "--text", "会议闭幕。", "--expect", "会议"],
      ["why", "--text", "会议闭幕。", "--expect", "LOC(天津)"],
    ] {
      let run = try Command.run(arguments)
      #expect(run.code == 2 && run.output.isEmpty, "\(arguments): \(run.code)")
      #expect(run.errors.contains("expect"), "\(run.errors)")
    }
  }

  @Test func faultyRow() throws {
    let scratch = try Scratch()
    _ = try scratch.write("words.tsv", "entry\tclass\tstatus\n阿里巴巴\torg\tmaybe\n")
    let run = try Command.run(["why", "--word", "阿里巴巴", "--lexicons", scratch.folder])
    #expect(run.code == 3 && run.errors.contains("words.tsv:2"), "\(run.errors)")
  }
}
