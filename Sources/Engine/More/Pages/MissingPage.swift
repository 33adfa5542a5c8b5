// A line in the log where the page is missing. In: the folder of an app's
// pages. Out: what to do. Next: Program/Pages.swift.

import EngineSockets
import Foundation

extension Pages {
    func opened() {
        let page = URL(filePath: folder + "/index.html")
        guard kind(of: page) != .typeRegular else { return }
        Log.write(
            "\(page.path) is not there, so / is answered with 404: put the page there, "
                + "or give App(pages:) the name of another folder in \(root)")
    }
}
