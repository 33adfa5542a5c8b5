// The user's own modules, used beside Engine: none of their names is taken.

import Bytes
import CSystem
import Course
import Engine
import Grading
import Sockets

extension App {
    /// A route that answers with the modules' names: `/own`.
    func serveOwnModules() {
        let names = [Bytes().name, Sockets().name, CSystem().name, Course().name, Grading().name]
        get("/own") { _ in .text(names.joined(separator: ", ")) }
    }
}
