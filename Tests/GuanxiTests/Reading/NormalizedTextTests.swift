import Annotations
import Characters
import Extraction
import Reading
import Segmentation
import Testing

/// The origin map on random texts of every kind of folding.
struct NormalizedTextTests {
  @Test func everyCharacterKnowsItsOrigin() throws {
    let normalizer = try Shared.knowledge().normalizer
    for seed in UInt64(0)..<3000 {
      var random = SplitMix64(seed: seed)
      let source = RandomText.make(&random)
      let (text, repairs) = normalizer.normalize(source)
      let scalars = source.unicodeScalars.map(\.value)
      #expect(text.source == scalars, "seed \(seed)")
      var last = 0
      for index in 0..<text.count {
        let start = Int(text.starts[index])
        let end = Int(text.ends[index])
        guard last <= start, start < end, end <= scalars.count else {
          Issue.record("seed \(seed): character \(index) comes from \(start)-\(end)")
          break
        }
        // What lies between two characters was dropped: spaces and invisible characters only.
        for dropped in scalars[last..<start] {
          #expect(Self.mayBeDropped(dropped), "seed \(seed): \(dropped) was dropped")
        }
        // One character of the source, and perhaps an inserted reading, or what a repair took together.
        if end > start + 1 {
          #expect(
            repairs.contains { $0.range.start <= start && end <= $0.range.end },
            "seed \(seed): \(start)-\(end) is no repair")
        }
        last = end
      }
      for dropped in scalars[last...] {
        #expect(Self.mayBeDropped(dropped), "seed \(seed): \(dropped) was dropped at the end")
      }
      let all = text.source(TextRange(0, text.count))
      #expect(all.start <= all.end && all.end <= scalars.count)
      for _ in 0..<5 where text.count > 0 {
        let start = random.below(text.count)
        let end = start + random.below(text.count - start + 1)
        let place = text.source(TextRange(start, end))
        #expect(place.start >= 0 && place.start <= place.end && place.end <= scalars.count)
        if start < end {
          #expect(!text.sourceString(place).isEmpty)
        }
      }
    }
  }

  /// What has been normalised once stays as it is, apart from spaces that only then stand together.
  @Test func normalisingTwiceChangesNothing() throws {
    let normalizer = try Shared.knowledge().normalizer
    for seed in UInt64(0)..<1000 {
      var random = SplitMix64(seed: seed)
      let (once, _) = normalizer.normalize(RandomText.make(&random, fragments: 8))
      let text = once.string(TextRange(0, once.count))
      let (twice, _) = normalizer.normalize(text)
      let again = twice.string(TextRange(0, twice.count))
      func bare(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value).filter { CharacterKind($0) != .space }
      }
      #expect(bare(text) == bare(again), "seed \(seed): \(CaseFile.escaped(text))")
    }
  }

  private static func mayBeDropped(_ scalar: UInt32) -> Bool {
    CharacterKind(scalar) == .space || (0x200B...0x200F).contains(scalar)
      || (0x2060...0x2064).contains(scalar) || scalar == 0xAD || scalar == 0xFEFF
  }
}
