// The two ends of a connection that servers and clients do not need and a relay does: "I send no
// more" (FIN) while it still reads, and "broken off" (RST). In: a stream. Out: the system's call.
// Next: ../TCPStream.swift; Sources/Course/Tap/Relay/Pipe.swift, which passes them on.

import Foundation

extension TCPStream {
    /// Tells the peer that nothing follows what was written. What it sends is still read.
    package func endWriting() {
        if isOpen { _ = shutdown(descriptor, Int32(SHUT_WR)) }
    }

    /// Breaks the connection off: the peer sees an error, and not an end.
    package func reset() {
        if isOpen {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        abort()
    }
}
