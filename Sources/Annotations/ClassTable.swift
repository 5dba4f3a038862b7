/// The number of a class in its ``ClassTable``.
public struct ClassID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The place in the table.
  public let rawValue: UInt16
  /// The class at this place in the table.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// `rawValue` as an index.
  public var index: Int { Int(rawValue) }
  /// By place in the table.
  public static func < (left: ClassID, right: ClassID) -> Bool { left.rawValue < right.rawValue }
}

/// The names of all classes of lexicon entries, typed values and results, each with a number.
///
/// Names are dotted: an `org.suffix` is also an `org`. A class is added with all that it is part
/// of, so the parents always stand before their children.
///
///     var classes = ClassTable()
///     let suffix = classes.add("org.suffix")
///     classes.find("org").map { classes.isA(suffix, $0) }   // true
public struct ClassTable: Sendable {
  /// The names by number.
  public private(set) var names: [String] = []
  private var parents: [ClassID?] = []
  private var numbers: [String: ClassID] = [:]

  /// An empty table.
  public init() {}

  /// The number of classes.
  public var count: Int { names.count }

  /// The class of this name, made when it is new.
  public mutating func add(_ name: String) -> ClassID {
    if let known = numbers[name] { return known }
    let parent = name.lastIndex(of: ".").map { add(String(name[..<$0])) }
    precondition(names.count < Int(UInt16.max), "there are more than 65,534 classes")
    let id = ClassID(rawValue: UInt16(names.count))
    names.append(name)
    parents.append(parent)
    numbers[name] = id
    return id
  }

  /// The class of this name, or nil when nothing declared it.
  public func find(_ name: String) -> ClassID? { numbers[name] }

  /// The name of a class.
  public func name(_ id: ClassID) -> String { names[id.index] }

  /// The class that a class is part of, nil for one without a dot in its name.
  public func parent(of id: ClassID) -> ClassID? { parents[id.index] }

  /// Whether `id` is `ancestor` or stands below it.
  /// - Complexity: O(depth of the name).
  public func isA(_ id: ClassID, _ ancestor: ClassID) -> Bool {
    var current: ClassID? = id
    while let at = current {
      if at == ancestor { return true }
      current = parents[at.index]
    }
    return false
  }

  /// For each class, whether it is one of `ancestors` or below one: the table a matcher looks
  /// classes up in.
  /// - Complexity: O(count).
  public func membership(of ancestors: [ClassID]) -> [Bool] {
    var isMember = [Bool](repeating: false, count: count)
    for ancestor in ancestors { isMember[ancestor.index] = true }
    // A class stands behind the one it is part of.
    for index in parents.indices {
      if let parent = parents[index], isMember[parent.index] { isMember[index] = true }
    }
    return isMember
  }

  /// For each class, of which kinds it is: of those for which it, or one that it is below, is named.
  /// - Complexity: O(kinds × count).
  package func kinds<Kinds: OptionSet>(_ named: [(kind: Kinds, names: [String])]) -> [Kinds] {
    var kinds = [Kinds](repeating: [], count: count)
    for (kind, names) in named {
      let members = membership(of: names.compactMap { find($0) })
      for index in kinds.indices where members[index] { kinds[index].formUnion(kind) }
    }
    return kinds
  }

  /// What is said of a class that nothing makes, with the nearest one that something does.
  package func unknown(_ name: String) -> String {
    let hint = nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
    return "no lexicon and no rule makes the class \"\(name)\"\(hint)"
  }

  /// The known name most like `name`, for "did you mean": the smallest edit distance, at most 3.
  public func nearest(to name: String) -> String? {
    names.map { (editDistance($0, name), $0) }.filter { $0.0 <= 3 }.min { $0 < $1 }?.1
  }
}

/// The distance of two strings in characters: how many are to be added, left out or changed, or two
/// neighbours swapped, each at most once (optimal string alignment; Boytsov, ACM JEA 16, 2011).
private func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left)
  let right = Array(right)
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
