// `contestant NAME FILE [TABLES]`: segments a text once for every line of standard input and prints the
// seconds of processor time and the number of tokens, white space included. `Comparison/compare.py`
// gives contestants their turns.
import CICUText
import Glibc
import Segmentation

/// Processor time of this thread in seconds.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func fail(_ message: String) -> Never {
  let line = Array("contestant: \(message)\n".utf8)
  _ = write(2, line, line.count)
  exit(2)
}

func readFile(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { fail("\(path) cannot be opened") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

/// What one pass over a text does; gives the number of tokens.
func pass(of name: String, _ text: [UInt8], tables: String?) -> () -> Int {
  func segmenter() -> Segmenter {
    guard let tables else { fail("\(name) needs compiled tables: contestant \(name) FILE TABLES") }
    do { return try Segmenter(contentsOf: tables) } catch { fail("\(error)") }
  }
  switch name {
  case "icu-utf8", "icu-utf16":
    guard let iterator = cicutext_open() else { fail("ICU has no word iterator for Chinese") }
    // ICU counts in 32 bits and keeps what it found: a portion of whole lines at a time.
    let portions = lines(of: text, atLeast: 1 << 20)
    var units = [UInt16](repeating: 0, count: name == "icu-utf16" ? 8 << 20 : 0)
    return {
      text.withUnsafeBytes { bytes in
        guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return 0 }
        return portions.reduce(0) { sum, range in
          name == "icu-utf8"
            ? sum + Int(cicutext_words_utf8(iterator, base + range.lowerBound, Int64(range.count)))
            : sum
              + Int(
                cicutext_words_utf16(
                  iterator, base + range.lowerBound, Int32(range.count), &units))
        }
      }
    }
  case "base", "lexicon":
    var session = SegmentationSession(name == "base" ? Segmenter() : segmenter())
    let portions = lines(of: text, atLeast: 1 << 20)
    return {
      var count = 0
      for portion in portions {
        count += session.segment(text.span.extracting(portion))
      }
      return count
    }
  case "graph":
    var session = SegmentationSession(segmenter())
    let portions = lines(of: text, atLeast: 1 << 20)
    return {
      portions.reduce(0) { $0 + session.findMatches(in: text.span.extracting($1)) }
    }
  default: fail("there is no contestant \(name)")
  }
}

/// Whole lines together, at least so many bytes a portion.
func lines(of text: [UInt8], atLeast size: Int) -> [Range<Int>] {
  var portions: [Range<Int>] = []
  var start = 0
  while start < text.count {
    var end = min(start + size, text.count)
    while end < text.count, text[end - 1] != 0x0A { end += 1 }
    portions.append(start..<end)
    start = end
  }
  return portions
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { fail("usage: contestant NAME FILE [TABLES]") }
let start = threadSeconds()
let text = readFile(arguments[2])
let run = pass(of: arguments[1], text, tables: arguments.count > 3 ? arguments[3] : nil)
print("ready \(threadSeconds() - start)")
fflush(nil)
while readLine() != nil {
  let start = threadSeconds()
  let count = run()
  print("\(threadSeconds() - start) \(count)")
  fflush(nil)
}
