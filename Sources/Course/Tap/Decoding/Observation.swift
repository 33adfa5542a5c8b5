// What the tap tells: one step of a connection, with its bytes and what each of them says.
// In: nothing. Out: values that become JSON for a page. Next: TrafficDecoder.swift, Layer.swift.

import Foundation

/// Which way bytes go.
package nonisolated enum Way: String, Codable, Sendable {
    case toServer, toVisitor
}

/// One step of a connection.
package nonisolated struct Observation: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// A visitor has connected; the server could not be reached.
        case opened, refused
        case request, response
        /// A response with status 101: frames follow.
        case upgrade
        case frame
        /// One side will send no more (FIN); a side has broken the connection off (RST).
        case ended, reset
        /// From here on the bytes of one way can't be decoded. They are relayed all the same.
        case undecodable
        /// The tap has done something by itself: cut a connection, refused a WebSocket.
        case weather
    }

    /// Unique, in the order of what was seen.
    package let number: Int
    /// In milliseconds, of the clock of the caller of the decoder.
    package let time: Int
    package let visitor: String
    /// Unique for all visitors.
    package let connection: Int
    package let kind: Kind
    /// Nil for what has no direction.
    package let way: Way?
    /// One line; what came from outside is escaped.
    package var summary = ""
    /// As they were sent.
    package var wire = ShownBytes([])
    /// What they carry: a payload without its mask, a message joined from fragments, a body
    /// without its chunks. Nil where they carry nothing.
    package var content: ShownBytes?
    package var layers: [Layer] = []
    /// What was wrong; empty where nothing was.
    package var problems: [String] = []
    /// Of a response: the number of its request.
    package var answers: Int?
    /// Of an attachment: the number of the observation with the packet that it belongs to.
    package var belongsTo: Int?
    /// A ping or a pong that carries nothing.
    package var isHeartbeat = false
    /// The tap has sent on another head than it got: see FrameAncestors.
    package var isChanged = false
}

/// The first bytes of something, and how many there are.
package nonisolated struct ShownBytes: Codable, Equatable, Sendable {
    /// So many bytes are shown: what is longer is a file, and no text to be read in hex.
    package static let limit = 65_536

    /// In JSON: base64.
    package let bytes: Data
    package let count: Int

    init(_ bytes: some Collection<UInt8>) {
        self.bytes = Data(bytes.prefix(Self.limit))
        count = bytes.count
    }
}
