internal import SystemPackage

/// The files of a folder and of all folders in it, in the order of their names. Hidden ones are left out, and a folder
/// that links lead to more than once is read once.
final class FolderMembers: MemberContainer {
  private let path: FilePath
  private let place: String
  private let id: String
  private var names: ArraySlice<FilePath.Component> = []
  private var error: (any Error)?
  private var isOpen = false
  private let notes: InputNotes

  /// The members of a folder; their ids begin with `id`, which ends with a slash or is empty.
  init(_ path: FilePath, place: String, id: String, notes: InputNotes) {
    self.path = path
    self.place = place.hasSuffix("/") ? place : place + "/"
    self.id = id
    self.notes = notes
  }

  func next() -> Result<InputMember, InputFailure>? {
    if !isOpen {
      isOpen = true
      do {
        let (names, hidden) = try FileListing.names(in: path)
        notes.count("hidden file", hidden)
        self.names = names[...]
        if names.isEmpty {
          return .failure(
            InputFailure(place: place, message: "the folder holds no file to read"))
        }
      } catch {
        return .failure(
          InputFailure(place: place, message: "the folder cannot be read: \(error)"))
      }
    }
    guard let name = names.popFirst() else { return nil }
    return .success(
      .path(path.appending(name), place: place + name.string, id: id + name.string, isNamed: false))
  }
}
