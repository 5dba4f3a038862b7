internal import Annotations

/// A sentence without the spaces inside its numbers: 三 百 五 reads as 三百五.
///
/// Only spaces between two characters that numbers are written with are left out, so that each
/// position stands for one of the text.
struct SpacedText {
  /// The characters to read numbers from: all of the text, or the sentence without those spaces.
  let characters: [UInt32]
  /// Where reading ends.
  let limit: Int
  private let start: Int
  /// For each character, its place in the text; empty when no space was left out.
  private let origins: [Int]
  /// For each place of the sentence, the character that stands there or behind its space.
  private let places: [Int]

  /// The longest space inside a number.
  private static let widest = 3

  init(_ text: [UInt32], range: TextRange, isNumeral: (UInt32) -> Bool) {
    var origins: [Int] = []
    var places: [Int] = []
    start = range.start
    var position = range.start
    while position < range.end {
      if text[position] == 0x20, position > range.start, isNumeral(text[position - 1]) {
        var next = position
        while next < range.end, text[next] == 0x20 { next += 1 }
        if next < range.end, next - position <= Self.widest, isNumeral(text[next]) {
          if origins.isEmpty {
            origins = Array(range.start..<position)
            places = Array(0..<origins.count)
          }
          for _ in position..<next { places.append(origins.count) }
          position = next
          continue
        }
      }
      if !origins.isEmpty {
        places.append(origins.count)
        origins.append(position)
      }
      position += 1
    }
    self.origins = origins
    self.places = places
    if origins.isEmpty {
      characters = text
      limit = range.end
    } else {
      characters = origins.map { text[$0] }
      limit = origins.count
    }
  }

  /// The place to read at for a position of the text.
  func place(of position: Int) -> Int {
    origins.isEmpty ? position : position - start < places.count ? places[position - start] : limit
  }

  /// The position in the text of the character at a place.
  func position(of place: Int) -> Int { origins.isEmpty ? place : origins[place] }

  /// The position in the text behind the character before a place.
  func end(before place: Int) -> Int {
    origins.isEmpty ? place : place == 0 ? start : origins[place - 1] + 1
  }
}
