// What the system tells of this process: processor time, memory, descriptors. In: nothing. Out:
// numbers; nil where the system has no /proc. Next: Engine/More/Observing/MetricsPage.swift.

import Foundation

/// What the process has used.
package nonisolated struct ProcessFigures: Sendable {
    package let cpuSeconds: Double
    package let residentBytes: Int
    package let openDescriptors: Int

    /// At this moment.
    package static var now: ProcessFigures? {
        let manager = FileManager.default
        guard let memory = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = memory.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            let descriptors = try? manager.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return ProcessFigures(
            cpuSeconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9,
            residentBytes: pages * Int(sysconf(Int32(_SC_PAGESIZE))),
            openDescriptors: descriptors.count)
    }
}
