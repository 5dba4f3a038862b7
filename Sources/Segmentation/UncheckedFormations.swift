/// The forms of ``WordFormations`` over codes, and how words of the cheapest way are joined by them.
///
/// Unsafe: it reads and writes the buffers of a chunk without bounds checks. What makes it sound: positions
/// are ends of words of the way, which lie between 1 and the number of units, and every code is below the
/// number of codes, for each of which there are places.
struct FormationTables: Sendable {
  /// For each code a bit for every form that it begins, and from bit 8 on for every form in which it
  /// follows.
  let places: Table<UInt16>
  /// See ``WordFormations``.
  let forms: Table<UInt32>
  private let ofWords: UInt16
  private let ofRuns: UInt16

  /// The tables; `places` has to have an element for every code.
  init(places: Table<UInt16>, forms: Table<UInt32>) {
    self.places = places
    self.forms = forms
    func all(_ kind: UInt32) -> UInt16 {
      (0..<forms.count).reduce(0) { $0 | (forms[$1] >> 24 == kind ? 1 << UInt16($1 & 7) : 0) }
    }
    ofWords = all(WordFormations.wordKind)
    ofRuns = all(WordFormations.runKind)
  }

  /// Whether there are any forms.
  var isEmpty: Bool { forms.count == 0 }

  /// Whether the tables have the right sizes.
  func isSound(codes: Int) -> Bool {
    isEmpty || (forms.count <= WordFormations.limit && places.count == codes)
  }

  /// Whether a word may go on from a unit to the next one by a form.
  func mayGoOn(_ buffers: borrowing UnitBuffers, behind unit: Int) -> Bool {
    !isEmpty && unit + 1 < buffers.count && places[Int(buffers.code(unit + 1))] >> 8 != 0
  }

  /// The forms that a word may begin and those in which it may follow, by its last character: exact for a
  /// single character, and all that it could be for a longer word.
  @inline(__always)
  func roles(ofLast code: UInt16, length: Int) -> (begins: UInt16, follows: UInt16) {
    let place = unsafe places.base[Int(code)]
    let isSingle: UInt16 = length == 1 ? 0xFF : 0
    return (
      place & (isSingle | ofRuns) | ofWords & ~isSingle, place >> 8 & (isSingle | ofRuns)
    )
  }

  /// Joins the word `first` and those behind it if they are in a form, and gives whether they are: all ends
  /// but the last are set to 0.
  ///
  /// `words` are the ends of `count` words. `isWord` says whether units are a word that is known, which no
  /// form makes; `isForced` whether a word always wins its span, and so is never part of another.
  @inline(__always)
  func join(
    _ words: UnsafeMutablePointer<UInt32>, first: Int, count: Int,
    _ codes: UnsafeMutablePointer<UInt16>, isWord: (Range<Int>) -> Bool,
    isForced: (Range<Int>) -> Bool
  ) -> Bool {
    guard first + 1 < count else { return false }
    let border = unsafe Int(words[first])
    // A word that was joined already, or is the last of such.
    if unsafe border == 0 || (first > 0 && words[first - 1] == 0) { return false }
    let start = first > 0 ? unsafe Int(words[first - 1]) : 0
    var begun =
      unsafe begins(codes, start..<border) & follows(codes, border..<Int(words[first + 1]))
    if begun == 0 || isForced(start..<border) { return false }
    var end = 0
    var last = 0
    while begun != 0 {
      let form = forms[begun.trailingZeroBitCount]
      let bit = begun & (0 &- begun)
      begun &= begun &- 1
      let most = Int(form >> 16 & 0xFF)
      var at = border
      var word = first + 1
      while word < count {
        let next = unsafe Int(words[word])
        guard next - border <= most, next > at, unsafe follows(codes, at..<next) & bit != 0,
          !isForced(at..<next)
        else { break }
        at = next
        word += 1
      }
      if at - border >= Int(form >> 8 & 0xFF), at > end, !isWord(start..<at) {
        end = at
        last = word - 1
      }
    }
    guard end > 0 else { return false }
    for word in first..<last { unsafe words[word] = 0 }
    return true
  }

  /// The forms that a word may begin: a character those of its place, a longer word those of words, and
  /// those of runs that all of its characters are in.
  private func begins(_ codes: UnsafeMutablePointer<UInt16>, _ word: Range<Int>) -> UInt16 {
    let first = unsafe places.base[Int(codes[word.lowerBound])] & 0xFF
    if word.count == 1 { return first }
    return ofWords
      | word.dropFirst().reduce(first & ofRuns) { unsafe $0 & places.base[Int(codes[$1])] }
  }

  /// The forms in which a word may follow.
  private func follows(_ codes: UnsafeMutablePointer<UInt16>, _ word: Range<Int>) -> UInt16 {
    let first = unsafe places.base[Int(codes[word.lowerBound])] >> 8
    if word.count == 1 { return first }
    return word.dropFirst().reduce(first & ofRuns) {
      unsafe $0 & places.base[Int(codes[$1])] >> 8
    }
  }
}
