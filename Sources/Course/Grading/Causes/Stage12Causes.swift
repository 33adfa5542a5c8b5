// What is likely wrong when a check of stage 12 fails. Next: Cause.swift.

import CourseLanguage

nonisolated func stage12Causes() -> [String: [Cause]] {
    [
        "12.1": [
            Cause("the program says nothing about being alone: print a line with \"alone\"") {
                if case .noLine = $0.difference { true } else { false }
            },
            Cause("a name that somebody has is given away a second time: \"taken\"") {
                $0.isLetIn
            },
        ],
        "12.2": [
            Cause(
                "it is heard at its own server only: `io.emit`, not `io.local.emit`, and the "
                    + "adapter before clients come"
            ) {
                $0.noEvent?.wanted.name == "chat message" && $0.noEvent?.client == "B"
            },
            Cause("it comes twice, or something else comes first") { $0.otherEvent != nil },
        ],
        "12.3": [
            Cause(
                "the name is given away at the second server as well: ask the others before a "
                    + "socket is let in"
            ) { $0.isLetIn },
            Cause("a name stays taken after its client has left: free it in onDisconnect") {
                $0.isKeptOut
            },
        ],
        "12.4": [
            Cause("the list has the names of one server: `await io.findSockets()` asks all") {
                $0.expected.hasPrefix("the list")
            },
            Cause("no list comes: emit \"online\" when it has changed") {
                $0.noEvent?.wanted.name == "online"
            },
        ],
        "12.5": [
            Cause("the names of a server that died stay in the list: no one asks again") {
                $0.expected.hasPrefix("the list") || $0.noEvent?.wanted.name == "online"
            },
            Cause("a name of a server that died stays taken: its claim is kept somewhere else") {
                $0.isKeptOut
            },
        ],
        "12.6": [
            Cause("both get the name: a server that asks has to hold the name meanwhile") {
                !$0.arrived.contains("44")
            },
            Cause("neither gets it: one of the two has to give way, and not both") {
                !$0.arrived.contains("40")
            },
        ],
        "12.7": [
            Cause("there is no recovery: `io.connectionStateRecovery`, before clients come") {
                $0.expected.hasPrefix("a pid")
            },
            Cause(
                "the other server does not know what was missed: `RedisAdapter(redis, "
                    + ".streams)`"
            ) { $0.noEvent != nil || $0.otherEvent != nil },
        ],
    ]
}
