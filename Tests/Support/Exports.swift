// What the tests use of the grader's clients.

import Grading

package typealias RawClient = Grading.RawClient
package typealias Program = Grading.Program
package typealias Missing = Grading.Missing
package typealias RefusedWebSocket = Grading.RefusedWebSocket
package typealias SeededGenerator = Grading.SeededGenerator
package typealias Surroundings = Grading.Surroundings

@MainActor
package func eventually(_ what: String, _ condition: () -> Bool) async throws {
    try await Grading.eventually(what, condition)
}
