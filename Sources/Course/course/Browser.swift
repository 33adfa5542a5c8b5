// Opens an address in the person's browser, where there is one. Next: Workbench.swift.

import Foundation

enum Browser {
    /// Without effect, and without a word, where it does not work: the address is printed as well.
    static func open(_ address: String) {
        #if os(macOS)
            let command = "/usr/bin/open"
        #else
            let environment = ProcessInfo.processInfo.environment
            let displays = ["DISPLAY", "WAYLAND_DISPLAY"].compactMap { environment[$0] }
            let folders = (environment["PATH"] ?? "").split(separator: ":")
            guard displays.contains(where: { !$0.isEmpty }),
                let command = folders.map({ "\($0)/xdg-open" })
                    .first(where: FileManager.default.isExecutableFile(atPath:))
            else { return }
        #endif
        let process = Process()
        process.executableURL = URL(filePath: command)
        process.arguments = [address]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
