internal import Annotations

/// The tests of a ``ClauseGrammar`` by what they ask for, so that a row of a word is held only against those that it
/// may pass: those of its tag that ask for its class, for the value of one of its features, or for neither.
struct WordTests {
  /// What a test asks for.
  enum Property {
    /// The place among the members of what is said of the classes.
    case category(Int)
    /// The place in ``features``, and the number of the test among those that ask for the feature.
    case feature(Int, Int)
  }

  /// What is asked of a row of a word, with the number of the test.
  struct Test {
    let number: Int
    /// The places among the properties of what it has to have.
    let wanted: Range<Int>
  }

  /// A feature that tests ask for.
  struct Feature {
    let name: String
    /// The values that some test asks for, by number.
    private(set) var values: [String: Int32] = [:]
    /// For each test, the values that pass it, and for each value, which tests it passes.
    fileprivate private(set) var passing: [[Int32]] = []
    private var passed: [[Bool]] = []

    fileprivate init(name: String) { self.name = name }

    /// Adds a test that asks for one of some values, and gives its number.
    fileprivate mutating func add(_ wanted: [String]) -> Int {
      let test = passing.count
      passing.append([])
      for value in wanted {
        let number = values[value] ?? Int32(values.count)
        values[value] = number
        if Int(number) == passed.count { passed.append([]) }
        if passes(number, test) { continue }
        passed[Int(number)] += repeatElement(false, count: test + 1 - passed[Int(number)].count)
        passed[Int(number)][test] = true
        passing[test].append(number)
      }
      return test
    }

    /// Whether a value passes a test.
    func passes(_ value: Int32, _ test: Int) -> Bool {
      test < passed[Int(value)].count && passed[Int(value)][test]
    }
  }

  /// The tests of a tag.
  struct OfTag {
    /// For each class, those that its rows may pass.
    fileprivate(set) var ofClass: [[Test]]
    /// For each feature that some test is found by, those that a row with a value may pass, by the number of the value.
    fileprivate(set) var ofFeature: [(feature: Int, ofValue: [[Test]])] = []
    /// Those that ask for nothing that a row has to have.
    fileprivate(set) var others: [Test] = []
  }

  /// The number of all tests.
  let count: Int
  private(set) var ofTag: [OfTag] = []
  /// For each test, the places among the properties of what no row of a word may have.
  private(set) var unwanted: [Range<Int>]
  private(set) var features: [Feature] = []
  /// What the tests ask for, that of one side by side.
  private var properties: [Property] = []
  /// For each class that some test asks for, for each class whether it is that one.
  private var members: [Bool] = []
  /// Where what is said of a class begins among the members.
  private var firstMembers: [String: Int] = [:]

  init(_ grammar: ClauseGrammar, model: TaggingModel, classes: ClassTable) {
    count = grammar.tests.count
    unwanted = Array(repeating: 0..<0, count: count)
    var tests: [(tag: Int, test: Test)] = []
    for (number, test) in grammar.tests.enumerated() {
      guard let tag = model.tagClasses.firstIndex(where: { classes.name($0) == test.tag }) else {
        continue
      }
      let first = properties.count
      for property in test.wanted { add(property, classes) }
      let border = properties.count
      for property in test.unwanted { add(property, classes) }
      unwanted[number] = border..<properties.count
      tests.append((tag, Test(number: number, wanted: first..<border)))
    }
    var ofTag = [OfTag](
      repeating: OfTag(ofClass: Array(repeating: [], count: classes.count)), count: model.count)
    for (tag, test) in tests {
      // What few rows have is asked first.
      let rarest = test.wanted.min { share(of: $0, classes) < share(of: $1, classes) }
      switch rarest.map({ properties[$0] }) {
      case nil: ofTag[tag].others.append(test)
      case .category(let first):
        for category in 0..<classes.count where members[first + category] {
          ofTag[tag].ofClass[category].append(test)
        }
      case .feature(let feature, let number):
        let known = ofTag[tag].ofFeature.firstIndex { $0.feature == feature }
        if known == nil {
          let none = [[Test]](repeating: [], count: features[feature].values.count)
          ofTag[tag].ofFeature.append((feature, none))
        }
        let place = known ?? ofTag[tag].ofFeature.count - 1
        for value in features[feature].passing[number] {
          ofTag[tag].ofFeature[place].ofValue[Int(value)].append(test)
        }
      }
    }
    self.ofTag = ofTag
  }

  private mutating func add(_ property: ClauseGrammar.WordTest.Property, _ classes: ClassTable) {
    switch property {
    case .category(let name):
      let first = firstMembers[name] ?? members.count
      if first == members.count {
        firstMembers[name] = first
        members += classes.membership(of: classes.find(name).map { [$0] } ?? [])
      }
      properties.append(.category(first))
    case .feature(let name, let values):
      let place = features.firstIndex { $0.name == name } ?? features.count
      if place == features.count { features.append(Feature(name: name)) }
      properties.append(.feature(place, features[place].add(values)))
    }
  }

  /// Of all classes, or values of a feature, how many have a property.
  private func share(of place: Int, _ classes: ClassTable) -> Double {
    switch properties[place] {
    case .category(let first):
      let own = members[first..<first + classes.count]
      return Double(own.count { $0 }) / Double(classes.count)
    case .feature(let feature, let test):
      return Double(features[feature].passing[test].count) / Double(features[feature].values.count)
    }
  }

  /// Whether a row of a class has all of some properties; `value` gives the number of its value of a feature.
  @inline(__always)
  func has(
    _ wanted: Range<Int>, _ category: ClassID?, value: (_ feature: Int) -> Int32?
  ) -> Bool {
    for place in wanted where !has(place, category, value: value) { return false }
    return true
  }

  /// Whether a row of a class has a property.
  @inline(__always)
  func has(_ place: Int, _ category: ClassID?, value: (_ feature: Int) -> Int32?) -> Bool {
    switch properties[place] {
    case .category(let first): return category.map { members[first + $0.index] } ?? false
    case .feature(let feature, let test):
      return value(feature).map { features[feature].passes($0, test) } ?? false
    }
  }
}
