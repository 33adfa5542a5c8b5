// The request targets of a Socket.IO client, and its session's id in the answer.

import Grading

package nonisolated let polling = Grading.polling
package nonisolated let webSocket = Grading.webSocket

/// The sid in an open packet, or in the answer to CONNECT.
package func sid(in text: String) throws -> String { try Grading.sid(in: text) }
