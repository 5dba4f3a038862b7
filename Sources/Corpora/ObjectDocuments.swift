internal import Annotations

/// Makes documents of objects of JSON.
struct ObjectDocuments {
  let context: InputContext
  private let decoder: ObjectDecoder

  init(_ context: InputContext) {
    self.context = context
    decoder = ObjectDecoder(fields: context.options.fields)
  }

  /// The document that an object of this number is, or why there is none.
  func document(_ bytes: ArraySlice<UInt8>, number: Int) -> Result<Document, InputFailure> {
    do {
      let (object, diagnostics) = try decoder.read(ObjectFields.self, of: bytes)
      guard let text = object.text else {
        let message = context.options.fields.explain(
          "the object", keys: object.keys, called: "keys")
        return .failure(context.failure(message, number: number))
      }
      return .success(
        context.document(
          DocumentFields(
            id: object.id, title: object.title, date: object.date, text: text,
            diagnostics: diagnostics), number: number))
    } catch let error as DecodingError {
      return .failure(context.failure(Self.explain(error), number: number))
    } catch {
      return .failure(context.failure("\(error)", number: number))
    }
  }

  static func explain(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context):
      let key = context.codingPath.last.map { "\"\($0.stringValue)\" is of another type" }
      return (key ?? "this is no JSON object")
        + "; expected {\"id\": …, \"text\": …, \"date\": …} with texts"
    default:
      return "this is no JSON object; expected {\"id\": …, \"text\": …, \"date\": …}"
    }
  }
}
