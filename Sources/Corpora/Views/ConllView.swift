internal import Annotations
internal import Extraction
internal import Reading

/// Words with names, times and quantities in BIO, as in the shared tasks of CoNLL: one word a line, an empty line behind
/// a sentence, `# newdoc id = ID` before a document.
///
/// Columns, between tabs: word, grammatical tag, start, end, BIO label. Offsets are those of the record. White space in a
/// word is written `_`. Names inside of names are left out, so the longest has the label. Where a name begins or ends
/// inside of a word (a quotation may be one word of its clause), the word is cut there.
struct ConllView: RecordView {
  /// A stretch of the source with a label.
  private struct Span {
    var start: Int
    var end: Int
    var label: String
  }

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    let text = ScalarText(document.text, unit: record.offsets)
    var spans = record.mentions.map {
      Span(start: text[$0.start], end: text[$0.end], label: $0.type.rawValue)
    }
    spans += record.times.map { Span(start: text[$0.start], end: text[$0.end], label: "TIME") }
    spans += record.quantities.map {
      Span(start: text[$0.start], end: text[$0.end], label: "QUANTITY")
    }
    spans.sort { ($0.start, -$0.end) < ($1.start, -$1.end) }

    var bytes = Array("# newdoc id = \(Self.word(record.id))\n".utf8)
    var next = 0
    var word = 0
    for sentence in analysis.sentences {
      var isEmpty = true
      while word < analysis.tokens.count, analysis.tokens[word].range.start < sentence.end {
        let token = analysis.tokens[word]
        word += 1
        let source = analysis.text.source(token.range)
        var start = Int(source.start)
        while start < Int(source.end) {
          while next < spans.count, spans[next].end <= start { next += 1 }
          var end = Int(source.end)
          var label = "O"
          if next < spans.count, spans[next].start < end {
            if spans[next].start <= start {
              label = (spans[next].start == start ? "B-" : "I-") + spans[next].label
              end = min(end, spans[next].end)
            } else {
              end = spans[next].start
            }
          }
          let characters = String(scalars: text.scalars[start..<end].lazy.map(\.value))
          if !characters.allSatisfy(\.isWhitespace) {
            bytes += Self.word(characters).utf8
            let place = "\(text.position(of: start))\t\(text.position(of: end))"
            bytes += "\t\(token.tag)\t\(place)\t\(label)\n".utf8
            isEmpty = false
          }
          start = end
        }
      }
      if !isEmpty { bytes.append(UInt8(ascii: "\n")) }
    }
    if word == 0 { bytes.append(UInt8(ascii: "\n")) }
    return bytes
  }

  /// A word without what would end its cell or its line.
  private static func word(_ text: String) -> String {
    String(text.map { $0.isWhitespace || $0.isNewline ? "_" : $0 })
  }
}
