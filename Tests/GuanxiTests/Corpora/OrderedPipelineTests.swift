import Corpora
import Glibc
import Synchronization
import Testing

/// What comes out of the pipeline stands in the order of what went in, whatever the threads do.
@Suite struct OrderedPipelineTests {
  /// Runs the numbers from 0 up to `count`, each worth a different amount of work, and gives what was written.
  private func run(
    count: Int, jobs: Int, room: Int, until last: Int = .max
  ) -> [Int] {
    var next = 0
    var written: [Int] = []
    let pipeline = OrderedPipeline<Int, Int>(
      room: room, size: { $0 % 7 },
      next: {
        guard next < count else { return nil }
        defer { next += 1 }
        return next
      },
      write: {
        written.append($0)
        return $0 < last
      })
    pipeline.run(jobs: jobs) {
      var sum: UInt64 = 0
      return { number in
        for step in 0..<((number &* 7919) % 5000) { sum = sum &* 31 &+ UInt64(step) }
        return sum == .max ? -1 : number
      }
    }
    return written
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 20, 1 << 20])
  func keepsTheOrder(jobs: Int, room: Int) {
    #expect(run(count: 2000, jobs: jobs, room: room) == Array(0..<2000))
  }

  @Test func nothingComesOfNothing() { #expect(run(count: 0, jobs: 4, room: 10).isEmpty) }

  /// After what could not be written nothing is.
  @Test func endsWhereWritingFails() {
    #expect(run(count: 1000, jobs: 4, room: 1 << 20, until: 321) == Array(0...321))
  }

  /// A run that is stopped while a thread waits for the next item ends all the same, with what was taken.
  @Test func stopsWhileItWaits() {
    let waits = Mutex(false)
    var next = 0
    var written: [Int] = []
    let pipeline = OrderedPipeline<Int, Int>(
      room: 10, size: { _ in 1 },
      next: {
        if next == 5 {
          waits.withLock { $0 = true }
          while true { sleep(1000) }
        }
        defer { next += 1 }
        return next
      },
      write: {
        written.append($0)
        return true
      })
    let stopper = StopSwitch()
    stopper.waits {
      while !waits.withLock({ $0 }) {}
      pipeline.stop()
      return true
    }
    pipeline.run(jobs: 2) { { $0 } }
    #expect(written == Array(0..<5))
  }
}
