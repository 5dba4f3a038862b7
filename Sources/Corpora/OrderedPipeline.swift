/// Takes items one after another, works on them on several threads, and hands over what comes out in the order of
/// the items.
///
///     let pipeline = OrderedPipeline(room: 1 << 20, next: { source.next() }, write: { file.append($0) })
///     pipeline.run(jobs: 2) { item in render(item) }
///
/// No thread only reads and none only writes: who has nothing to do takes the next item himself, and who finishes
/// the item that is next in order hands it over, with all that wait behind it. So no core waits for another while
/// there is something to do, whatever the items cost, and a line that comes through a pipe is answered at once.
///
/// What is finished before its turn waits, `room` bytes at most; then its worker waits. The worker of the item that
/// is next in order never does, so there is always one that goes on.
package final class OrderedPipeline<Item: Sendable, Output>: @unchecked Sendable {
  private struct Source {
    let next: () -> Item?
  }

  private struct Order {
    /// How many items were taken.
    var taken = 0
    /// How many were handed over, or dropped after the end.
    var written = 0
    /// What is finished and waits for its turn, with its size.
    var ready: [Int: (output: Output, size: Int)] = [:]
    /// The size of all that.
    var size = 0
    var isWriting = false
    /// Nothing more is taken.
    var hasEnded = false
    /// What is finished is dropped.
    var drops = false

    var isOver: Bool { hasEnded && written == taken && !isWriting }

    /// What is next in order and whether it is dropped; without one there is no writer any more.
    mutating func takeNext() -> ((output: Output, size: Int), Bool)? {
      guard let next = ready.removeValue(forKey: written) else {
        isWriting = false
        return nil
      }
      return (next, drops)
    }
  }

  private let source: Monitor<Source>
  private let order = Monitor(Order())
  /// Whether all is over: apart from the order, so that who waits for it is not woken for every item.
  private let end = Monitor(false)
  private let room: Int
  private let size: (Output) -> Int
  private let write: (Output) -> Bool

  /// A pipeline. `next` and `write` are each called by one thread at a time; `write` gives false to end the run, and
  /// nothing is written after that.
  package init(
    room: Int, size: @escaping (Output) -> Int, next: @escaping () -> Item?,
    write: @escaping (Output) -> Bool
  ) {
    self.room = room
    self.size = size
    self.write = write
    source = Monitor(Source(next: next))
  }

  /// Takes no more items. Those that were taken are finished and written.
  package func stop() {
    order.change { $0.hasEnded = true }
    endIfOver()
  }

  private func endIfOver() {
    if order.change({ $0.isOver }) { end.change { $0 = true } }
  }

  /// Runs until every item that was taken is written. `worker` is called once on each thread that gets something to
  /// do, and gives what works there.
  ///
  /// A thread that is waiting for an item when the run is stopped is left waiting; what it gets is dropped.
  package func run(jobs: Int, worker: @escaping @Sendable () -> (Item) -> Output) {
    var started = 0
    for _ in 0..<jobs where WorkerThread.start({ self.work(worker) }) { started += 1 }
    // Where the system gives no thread at all, this one works.
    if started == 0 { work(worker) }
    end.wait { $0 ? () : nil }
  }

  private func work(_ worker: () -> (Item) -> Output) {
    defer { endIfOver() }
    guard var item = take() else { return }
    let work = worker()
    while true {
      finish(item.number, work(item.item))
      // Now, since the next item may be a long time in coming.
      endIfOver()
      guard let next = take() else { return }
      item = next
    }
  }

  /// The next item with its number, nil when there is none or the run has ended.
  private func take() -> (number: Int, item: Item)? {
    source.change { source in
      if order.change({ $0.hasEnded }) { return nil }
      let item = source.next()
      return order.change { order in
        guard let item, !order.hasEnded else {
          order.hasEnded = true
          return nil
        }
        defer { order.taken += 1 }
        return (order.taken, item)
      }
    }
  }

  /// Puts down what came out, and writes what is next in order if nobody does.
  private func finish(_ number: Int, _ output: Output) {
    let size = self.size(output)
    let isWriter = order.wait { order -> Bool? in
      guard number == order.written || order.size < room || order.drops else { return nil }
      order.ready[number] = (output, size)
      order.size += size
      defer { order.isWriting = true }
      return !order.isWriting
    }
    guard isWriter else { return }
    while let (next, drops) = order.change({ $0.takeNext() }) {
      let goesOn = drops || write(next.output)
      order.change { order in
        order.written += 1
        order.size -= next.size
        if !goesOn { (order.hasEnded, order.drops) = (true, true) }
      }
    }
  }
}
