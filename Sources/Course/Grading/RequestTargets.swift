// The request targets of a Socket.IO client, and its session's id in the answer.

import Foundation

package nonisolated let polling = "/socket.io/?EIO=4&transport=polling"
package nonisolated let webSocket = "/socket.io/?EIO=4&transport=websocket"

/// The sid in an open packet, or in the answer to CONNECT.
package func sid(in text: String) throws -> String {
    guard let marker = text.range(of: "\"sid\":\"") else {
        throw Missing(description: "a sid in \(text)")
    }
    return String(text[marker.upperBound...].prefix { $0 != "\"" })
}
