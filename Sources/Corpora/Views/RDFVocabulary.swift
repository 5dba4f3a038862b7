/// A name of a vocabulary in RDF: `gx:status`, `rdf:subject`.
struct RDFName: Hashable, Sendable {
  /// A vocabulary.
  enum Vocabulary: String, CaseIterable, Sendable {
    case gx
    case rdf
    case rdfs
    case xsd
    case dcterms
    case prov
    case void

    /// What stands before its names.
    var namespace: String {
      switch self {
      case .gx: "https://guanxi.example/vocabulary#"
      case .rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      case .rdfs: "http://www.w3.org/2000/01/rdf-schema#"
      case .xsd: "http://www.w3.org/2001/XMLSchema#"
      case .dcterms: "http://purl.org/dc/terms/"
      case .prov: "http://www.w3.org/ns/prov#"
      case .void: "http://rdfs.org/ns/void#"
      }
    }
  }

  let vocabulary: Vocabulary
  let name: String

  init(_ vocabulary: Vocabulary, _ name: String) {
    self.vocabulary = vocabulary
    self.name = name
  }

  /// A name of Guanxi's own vocabulary, which `Documentation/vocabulary.ttl` declares.
  static func gx(_ name: String) -> RDFName { RDFName(.gx, name) }
  static let label = RDFName(.rdfs, "label")

  /// The IRI.
  var iri: String { vocabulary.namespace + name }
  /// The IRI behind a prefix.
  var short: String { "\(vocabulary.rawValue):\(name)" }
}

/// What a property can have for a value.
enum RDFValue: Hashable, Sendable {
  case iri(String)
  case name(RDFName)
  /// A text without a language.
  case plain(String)
  /// A text in Chinese.
  case chinese(String)
  case integer(Int)
  case boolean(Bool)
  /// A text with a type of XML Schema.
  case typed(String, RDFName)

  /// A value of TIMEX3 by the type of XML Schema that has it; a plain text where none has, as for `2024-Q1`.
  static func timex(_ value: String) -> RDFValue {
    let shape = String(value.map { $0.isASCII && $0.isNumber ? "0" : $0 })
    let type: String
    switch shape {
    case "0000": type = "gYear"
    case "0000-00": type = "gYearMonth"
    case "0000-00-00": type = "date"
    case "0000-00-00T00:00":
      return .typed(value + ":00", RDFName(.xsd, "dateTime"))
    case "0000-00-00T00:00:00": type = "dateTime"
    default:
      guard isDuration(value) else { return .plain(value) }
      type = "duration"
    }
    return .typed(value, RDFName(.xsd, type))
  }

  /// A decimal as `xsd:decimal`, a fraction or a range as a plain text.
  static func number(_ value: String) -> RDFValue {
    let digits = value.hasPrefix("-") ? value.dropFirst() : value[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let isDecimal =
      parts.count <= 2
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    return isDecimal ? .typed(value, RDFName(.xsd, "decimal")) : .plain(value)
  }

  /// Whether a value is a length of time as XML Schema writes it: no weeks, whole numbers but for seconds.
  private static func isDuration(_ value: String) -> Bool {
    guard value.hasPrefix("P"), value.count > 2 else { return false }
    var order = Array("YMDTHMS")[...]
    var digits = 0
    for character in value.dropFirst() {
      if character.isASCII, character.isNumber {
        digits += 1
        continue
      }
      guard (character == "T") == (digits == 0), let place = order.firstIndex(of: character),
        character != "H" && character != "S" || !order.contains("T")
      else { return false }
      order = order[(place + 1)...]
      digits = 0
    }
    return digits == 0 && value.last != "T"
  }
}

/// A node of a graph with its properties. All nodes have an IRI, so equal graphs are equal sets of statements.
struct RDFNode: Sendable {
  /// A property: of a vocabulary, or a relation of the text.
  enum Property: Hashable, Sendable {
    case name(RDFName)
    case iri(String)
  }

  let iri: String
  let types: [RDFName]
  private(set) var properties: [(property: Property, value: RDFValue)] = []

  init(_ iri: String, _ types: RDFName...) {
    self.iri = iri
    self.types = types
  }

  /// Adds a value, if there is one.
  mutating func add(_ name: RDFName, _ value: RDFValue?) {
    if let value { properties.append((.name(name), value)) }
  }

  /// Adds a relation of the text.
  mutating func add(relation iri: String, _ value: RDFValue) {
    properties.append((.iri(iri), value))
  }
}

/// IRIs of what records speak of.
struct RDFNaming: Sendable {
  /// What stands before all of them: an absolute IRI that ends in `/`, `#` or `:`.
  let base: String

  /// A document. Two documents of one run must not have one id.
  func document(_ id: String) -> String { base + "document/" + Self.encoded(id) }

  /// A relation by its type, or by its text where it has none.
  func relation(type: String?, text: String) -> String {
    base + (type.map { "relation/" + Self.encoded($0) } ?? "word/" + Self.encoded(text))
  }

  /// A text with all but the unreserved characters of RFC 3986 as `%` and two digits a byte of UTF-8.
  static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += ("%" + (digits.count < 2 ? "0" : "") + digits).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a text can be a base.
  static func isBase(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), let end = text.last, "/#:".contains(end),
      let first = text.first, first.isASCII, first.isLetter
    else { return false }
    let scheme = text[..<colon].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
    }
    return scheme
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && !"<>\"{}|^`\\".unicodeScalars.contains($0)
      }
  }
}
