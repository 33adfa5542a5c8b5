// What happens to newcomers when the system has no descriptor or no memory for them. In: the
// system's error. Out: a pause, and a line in the log. Next: ../TCPListener.swift.

import Foundation

/// So long (milliseconds) nothing is accepted after the process ran out of descriptors.
private let pauseTime = 100
/// When the log may be told of that again: once a minute.
private var nextLine = 0

extension TCPListener {
    func acceptedNone(code: Int32) {
        if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) { pause() }
    }

    /// Out of descriptors: the waiting connection would be reported again in every turn.
    private func pause() {
        if EventLoop.shared.now >= nextLine {
            nextLine = EventLoop.shared.now &+ 60_000
            Log.write("newcomers wait: no descriptor or no memory is left for them (see ulimit -n)")
        }
        try? EventLoop.shared.poller.watch(descriptor, for: [])
        EventLoop.shared.after(pauseTime) { [weak self] in
            guard let self, self.isOpen else { return }
            try? EventLoop.shared.poller.watch(self.descriptor, for: .read)
        }
    }
}
