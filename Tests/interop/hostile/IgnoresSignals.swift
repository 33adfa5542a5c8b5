// Does not end when it is asked to.

import Engine
import Foundation

for number in [SIGTERM, SIGINT, SIGHUP, SIGXCPU, SIGXFSZ] { signal(number, SIG_IGN) }
let app = App(pages: "mychat")
app.run()
