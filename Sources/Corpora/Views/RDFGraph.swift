internal import Annotations

/// A record as a graph in RDF.
///
/// A fact is a reified statement (`gx:Fact`, `rdf:Statement`): `rdf:subject`, `rdf:predicate` and `rdf:object`, its
/// qualifiers (`gx:time`, `gx:place` …), status, rule and sentence. Each of its roles is a `gx:Slot` as well, with its
/// text and its place. A fact that the text asserts, with a subject and an object, also stands as the plain statement
/// that it is; what is negated, planned or hypothetical does not.
struct RDFGraph {
  private(set) var nodes: [RDFNode] = []
  private let naming: RDFNaming
  private let document: String
  private let text: ScalarText
  /// The relations that have their node already.
  private var relations: Set<String> = []

  /// The graph of a record.
  init(_ record: Record, text: String, naming: RDFNaming) {
    self.naming = naming
    self.text = ScalarText(text, unit: record.offsets)
    document = naming.document(record.id)
    add(document: record)
    for entity in record.entities { add(entity) }
    for mention in record.mentions {
      place(
        mention.id, "Mention", mention.text, mention.start, mention.end,
        [
          (.gx("names"), .iri(iri(mention.entity))),
          (.gx("subtype"), mention.subtype.map { .plain($0) }),
          (.gx("rule"), .plain(mention.rule)),
        ])
    }
    for time in record.times {
      place(
        time.id, "Time", time.text, time.start, time.end,
        [
          (.gx("value"), time.value.map { .timex($0) }),
          (.gx("modifier"), time.mod.map { .plain($0) }),
        ])
    }
    for quantity in record.quantities {
      place(
        quantity.id, "Quantity", quantity.text, quantity.start, quantity.end,
        [
          (.gx("quantityKind"), .plain(quantity.kind.rawValue)),
          (.gx("value"), quantity.value.map { .number($0) }),
          (.gx("low"), quantity.low.map { .number($0) }),
          (.gx("high"), quantity.high.map { .number($0) }),
          (.gx("measure"), quantity.measure.map { .chinese($0) }),
          (.gx("unit"), quantity.unit.map { .plain($0) }),
          (.gx("modifier"), .plain(quantity.mod.rawValue)),
          (.gx("of"), quantity.of.map { .chinese($0) }),
          (.gx("rule"), quantity.rule.map { .plain($0) }),
        ])
    }
    for triple in record.triples { add(triple) }
    for (number, repair) in record.repairs.enumerated() {
      var node = RDFNode(iri("repair\(number + 1)"), .gx("Repair"))
      node.add(.gx("in"), .iri(document))
      node.add(.gx("start"), .integer(repair.start))
      node.add(.gx("end"), .integer(repair.end))
      node.add(.gx("repairKind"), .plain(repair.kind))
      node.add(.gx("read"), .chinese(repair.read))
      nodes.append(node)
    }
    for (number, remark) in record.diagnostics.enumerated() {
      var node = RDFNode(iri("diagnostic\(number + 1)"), .gx("Diagnostic"))
      node.add(.gx("in"), .iri(document))
      node.add(.gx("diagnosticKind"), .plain(remark.kind))
      node.add(.gx("message"), .plain(remark.message))
      node.add(.gx("byte"), remark.byteOffset.map { .integer($0) })
      node.add(.gx("start"), remark.span.map { .integer($0.start) })
      node.add(.gx("end"), remark.span.map { .integer($0.end) })
      for candidate in remark.candidates { node.add(.gx("candidate"), .chinese(candidate)) }
      nodes.append(node)
    }
  }

  private func iri(_ id: String) -> String { "\(document)#\(id)" }

  private mutating func add(document record: Record) {
    var node = RDFNode(document, .gx("Document"))
    node.add(RDFName(.dcterms, "identifier"), .plain(record.id))
    node.add(RDFName(.dcterms, "source"), .plain(record.origin))
    node.add(RDFName(.dcterms, "title"), record.title.map { .chinese($0) })
    node.add(RDFName(.dcterms, "date"), record.date.map { .timex($0) })
    node.add(.gx("offsets"), .plain(record.offsets.rawValue))
    node.add(.gx("engineVersion"), .plain(record.engine.version))
    node.add(.gx("knowledge"), .plain(record.engine.knowledge))
    node.add(.gx("icu"), .plain(record.engine.icu))
    nodes.append(node)
  }

  private mutating func add(_ entity: Record.Entity) {
    var node = RDFNode(iri(entity.id), .gx("Entity"), .gx(entity.type.rawValue))
    node.add(.label, .chinese(entity.name))
    for alias in entity.aliases { node.add(.gx("alias"), .chinese(alias)) }
    node.add(.gx("completed"), entity.completedWith.map { .chinese($0) })
    nodes.append(node)
    for (number, reference) in entity.references.enumerated() {
      place(
        "\(entity.id).reference\(number + 1)", "Reference", reference.text, reference.start,
        reference.end,
        [
          (.gx("names"), .iri(iri(entity.id))),
          (.gx("rule"), .plain(reference.rule)),
        ])
    }
  }

  /// A node for a span of the text.
  private mutating func place(
    _ id: String, _ type: String, _ text: String, _ start: Int, _ end: Int,
    _ properties: [(RDFName, RDFValue?)]
  ) {
    var node = RDFNode(iri(id), .gx(type))
    node.add(.gx("in"), .iri(document))
    node.add(.gx("text"), .chinese(text))
    node.add(.gx("start"), .integer(start))
    node.add(.gx("end"), .integer(end))
    for (name, value) in properties { node.add(name, value) }
    nodes.append(node)
  }

  private mutating func add(_ triple: Record.Triple) {
    let fact = iri(triple.id)
    let predicate = naming.relation(type: triple.relation.type, text: triple.relation.text)
    var node = RDFNode(fact, .gx("Fact"), RDFName(.rdf, "Statement"))
    // A literal cannot be a subject; the slot stands for it.
    let subject = triple.subject.map { slot in iri(slot.entity ?? "\(triple.id).subject") }
    let object = triple.object.map(value(of:))
    node.add(RDFName(.rdf, "subject"), subject.map { .iri($0) })
    node.add(RDFName(.rdf, "predicate"), .iri(predicate))
    node.add(RDFName(.rdf, "object"), object)
    for (name, slot) in triple.qualifiers {
      node.add(
        .gx(name),
        name == "time" ? slot.value.map { .timex($0) } ?? value(of: slot) : value(of: slot))
    }
    node.add(.gx("status"), .name(.gx(triple.status.rawValue)))
    node.add(.gx("group"), triple.group.map { .iri(iri($0)) })
    node.add(.gx("margin"), triple.margin.map { .integer($0) })
    node.add(.gx("rule"), .plain(triple.rule))
    node.add(RDFName(.prov, "wasQuotedFrom"), .iri(document))
    node.add(.gx("sentence"), .chinese(text.string(triple.sentenceStart, triple.sentenceEnd)))
    node.add(.gx("sentenceStart"), .integer(triple.sentenceStart))
    node.add(.gx("sentenceEnd"), .integer(triple.sentenceEnd))
    for (name, _) in triple.roles { node.add(.gx("\(name)Slot"), .iri("\(fact).\(name)")) }
    nodes.append(node)

    for (name, slot) in triple.roles {
      var node = RDFNode("\(fact).\(name)", .gx("Slot"))
      node.add(.gx("text"), .chinese(slot.text))
      node.add(.gx("relationType"), slot.type.map { .plain($0) })
      node.add(.gx("value"), slot.value.map { .timex($0) })
      node.add(.gx("start"), slot.start.map { .integer($0) })
      node.add(.gx("end"), slot.end.map { .integer($0) })
      node.add(.gx("entity"), slot.entity.map { .iri(iri($0)) })
      node.add(.gx("quantity"), slot.quantity.map { .iri(iri($0)) })
      if slot.carried { node.add(.gx("carried"), .boolean(true)) }
      nodes.append(node)
    }
    if relations.insert(predicate).inserted {
      var relation = RDFNode(predicate, .gx("Relation"))
      relation.add(
        .label, triple.relation.type.map { .plain($0) } ?? .chinese(triple.relation.text))
      nodes.append(relation)
    }
    if triple.status == .asserted, let subject, let object {
      var statement = RDFNode(subject)
      statement.add(relation: predicate, object)
      nodes.append(statement)
    }
  }

  /// The thing that fills a role, or its text.
  private func value(of slot: Record.Slot) -> RDFValue {
    slot.entity.map { .iri(iri($0)) } ?? .chinese(slot.text)
  }
}
