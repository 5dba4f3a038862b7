/// The words of a line as JSON: `{"words": [{"text", "start", "end"}, …]}`, offsets in scalars.
package enum TokenLine {
  /// The object as bytes, without a line end.
  package static func json(of words: [String]) -> [UInt8] {
    var json = JSONWriter()
    var start = 0
    json.object { json in
      json.array("words", words) { json, word in
        let end = start + word.unicodeScalars.count
        json.object {
          $0.field("text", word)
          $0.field("start", start)
          $0.field("end", end)
        }
        start = end
      }
    }
    return json.bytes
  }
}
