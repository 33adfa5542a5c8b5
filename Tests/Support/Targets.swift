// What clients ask for, as they write it, and how they find their session in the answer.

import Grading

package nonisolated let polling = Grading.polling
package nonisolated let webSocket = Grading.webSocket

/// The sid in an open packet, or in the answer to CONNECT.
package func sid(in text: String) throws -> String { try Grading.sid(in: text) }
