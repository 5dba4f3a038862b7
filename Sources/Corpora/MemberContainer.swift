internal import SystemPackage

/// Something that holds streams or files, one after another; each is read before the next is asked for.
protocol MemberContainer: AnyObject {
  /// The next member, or why there is none in its place; nil at the end.
  func next() -> Result<InputMember, InputFailure>?
}

/// A member of a container.
enum InputMember {
  /// A file or a folder, as it was named; its id still has its ending. What was named by the user may be a pipe or a
  /// device, what was found in a folder may not.
  case path(FilePath, place: String, id: String, isNamed: Bool)
  case standardInput
  /// A stream, and what it is where its container says so.
  case stream(ByteStream, InputContext, ContentKind?)
}

/// The inputs as they were named.
final class NamedInputs: MemberContainer {
  private var rest: ArraySlice<String>

  init(_ inputs: [String]) { rest = inputs[...] }

  func next() -> Result<InputMember, InputFailure>? {
    guard let input = rest.popFirst() else { return nil }
    if input == "-" { return .success(.standardInput) }
    let path = FilePath(input)
    return .success(
      .path(path, place: input, id: path.lastComponent?.string ?? input, isNamed: true))
  }
}
