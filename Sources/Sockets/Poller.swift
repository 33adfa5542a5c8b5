// Asks the system which descriptors are ready: epoll on Linux, kqueue on macOS.
// In: descriptors and what to wait for. Out: (descriptor, readiness) pairs, level-triggered: what
// was not read is reported again, so no event can be lost. Next: EventLoop.swift.

import CEngineSockets
import Foundation

/// What a descriptor is ready for, or is watched for.
package nonisolated struct Readiness: OptionSet, Sendable {
    /// The bits are those of epoll.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// There are bytes, an end of stream, a waiting connection, or an error to be read.
    package static let read = Readiness(rawValue: 0x01)
    /// There is room to write.
    package static let write = Readiness(rawValue: 0x04)
    /// The connection is over in both directions. Reported whatever one watches for.
    package static let hangUp = Readiness(rawValue: 0x10)
}

#if os(Linux)
    /// The set of watched descriptors, with epoll.
    package final class Poller {
        /// The poller is a descriptor itself: ready when one of its own is.
        let descriptor: Int32
        /// Never given back: there is one poller. A pointer, since an array that the system writes
        /// to costs two checks and a copy of each event.
        private let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: 512)

        init() { descriptor = epoll_create1(Int32(EPOLL_CLOEXEC)) }

        /// Sets what a descriptor is watched for; `isNew` if it was not watched before.
        func watch(_ watched: Int32, for interest: Readiness, isNew: Bool = false) throws {
            var event = epoll_event()
            event.events = UInt32(interest.rawValue)
            event.data.fd = watched
            let operation = isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
            guard epoll_ctl(descriptor, operation, watched, &event) == 0 else {
                throw SystemError("watch a connection")
            }
        }

        /// Waits until something is ready, at most so many milliseconds (-1: as long as it takes).
        /// Returns how many events there are; an interrupted wait counts as none.
        func wait(milliseconds: Int32) -> Int {
            let most = Int32(events.count)
            return Int(max(0, epoll_wait(descriptor, events.baseAddress, most, milliseconds)))
        }

        /// The event at `index` of the last wait. Errors and hang-ups count as readable and
        /// writable: the next call on the descriptor tells what happened.
        func event(at index: Int) -> (descriptor: Int32, readiness: Readiness) {
            let event = events[index]
            let isTroubled = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
            var readiness = Readiness(rawValue: UInt8(truncatingIfNeeded: event.events))
            if isTroubled { readiness = [.read, .write, .hangUp] }
            return (event.data.fd, readiness)
        }
    }
#else
    /// The same with kqueue.
    package final class Poller {
        let descriptor: Int32
        // Not `[kevent](…)`: the function of that name would be meant.
        private var events: [kevent] = Array(repeating: kevent(), count: 512)

        init() { descriptor = kqueue() }

        /// A kqueue has one filter for each direction; both are told, whichever has changed.
        func watch(_ watched: Int32, for interest: Readiness, isNew: Bool = false) throws {
            try set(watched, EVFILT_READ, interest.contains(.read))
            try set(watched, EVFILT_WRITE, interest.contains(.write))
        }

        private func set(_ watched: Int32, _ filter: Int32, _ isWanted: Bool) throws {
            var event = kevent()
            event.ident = UInt(watched)
            event.filter = Int16(filter)
            event.flags = UInt16(isWanted ? EV_ADD | EV_ENABLE : EV_DELETE)
            let result = kevent(descriptor, &event, 1, nil, 0, nil)
            // Deleting a filter that was never added is what happens when it was not wanted before.
            guard result == 0 || (!isWanted && errno == ENOENT) else {
                throw SystemError("watch a connection")
            }
        }

        func wait(milliseconds: Int32) -> Int {
            var limit = timespec(
                tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
            let count =
                milliseconds < 0
                ? kevent(descriptor, nil, 0, &events, Int32(events.count), nil)
                : kevent(descriptor, nil, 0, &events, Int32(events.count), &limit)
            return Int(max(0, count))
        }

        /// The end of a stream shows as readable.
        func event(at index: Int) -> (descriptor: Int32, readiness: Readiness) {
            let event = events[index]
            return (Int32(event.ident), event.filter == Int16(EVFILT_WRITE) ? .write : .read)
        }
    }
#endif
