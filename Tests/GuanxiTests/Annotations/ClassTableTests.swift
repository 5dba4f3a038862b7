import Annotations
import Testing

struct ClassTableTests {
  @Test(arguments: [
    ("OGR", "ORG"), ("plcae", "place"), ("place.ctiy", "place.city"), ("plac", "place"),
    ("titles", "title"), ("nothing-like-it", nil),
  ])
  func nearest(_ written: String, _ expected: String?) {
    var classes = ClassTable()
    for name in ["G", "O", "ORG", "place.city", "title"] { _ = classes.add(name) }
    #expect(classes.nearest(to: written) == expected)
  }
}
