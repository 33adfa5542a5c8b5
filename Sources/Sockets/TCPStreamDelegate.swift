// What a TCP stream tells: received bytes, and exactly once the reason of its end.
// Next: TCPStream.swift.

/// Why a connection is over.
package nonisolated enum TCPCloseReason: Equatable, Sendable {
    /// We closed it.
    case closedHere
    /// The peer closed it in order.
    case closedByPeer
    /// The system reports an error: reset, unreachable, timed out.
    case failed(code: Int32)
    /// The peer reads too slowly: more than the queue's limit was waiting.
    case tooSlow
}

/// Gets what a stream receives.
package protocol TCPStreamDelegate: AnyObject {
    /// Bytes have arrived. The slice is lent: what is kept of it has to be copied.
    func received(_ bytes: ArraySlice<UInt8>)
    /// The peer will send no more; it may still read.
    func receivedEnd()
    /// Everything is written. Called when `tellsWhenDrained` was set, once.
    func drained()
    /// The connection is over. Called once, and never from within a call to the stream.
    func closed(_ reason: TCPCloseReason)
}

extension TCPStreamDelegate {
    /// A delegate that writes only what is asked for need not know.
    package func drained() {}
}
