// What is likely wrong when a check of stage 10 fails. Next: Cause.swift, Stage11Causes.swift.

import CourseLanguage

nonisolated func stage10Causes() -> [String: [Cause]] {
    roomCauses().merging(doorCauses()) { first, _ in first }
}

private nonisolated func roomCauses() -> [String: [Cause]] {
    [
        "10.1": [
            Cause(
                "those who are in a channel are not told who comes: `io.to(room).emit(\"members\", "
                    + "…)` at each join"
            ) { $0.noEvent?.wanted.name == "members" },
            Cause(
                "a client that gives its name in auth is not let in: "
                    + "`socket.handshake.auth[\"name\"]`"
            ) { $0.isKeptOut },
            Cause(
                "the answer to \"join\" has to be {\"ok\": true, \"members\": […]}, with the one "
                    + "who has joined"
            ) { $0.otherAnswer != nil },
        ],
        "10.2": [
            Cause(
                "the sender hears its own words: `socket.to(room)` leaves it out, `io.to(room)` "
                    + "does not"
            ) { $0.unwanted?.client == "A" },
            Cause("who is not in the channel hears it: `to(room(channel))` is missing") {
                $0.unwanted?.client == "C"
            },
            Cause("it reaches no member: join and say have to mean the same room") {
                $0.noEvent?.wanted.name == "said"
            },
        ],
        "10.3": [
            Cause(
                "who is in both channels gets it twice: one `emit` to all rooms, "
                    + "`socket.to(rooms).emit`"
            ) { $0.unwanted != nil },
            Cause("it reaches one of the channels only: `to` takes a list of rooms") {
                $0.noEvent?.wanted.name == "said"
            },
        ],
        "10.4": [
            Cause("it does not reach its sender: `io.to(rooms)`, and not `socket.to(rooms)`") {
                $0.noEvent?.wanted.name == "said" && $0.noEvent?.client == "A"
            },
            Cause("it does not reach the other members") { $0.noEvent?.wanted.name == "said" },
        ],
        "10.5": [
            Cause("who has left still hears what is said: leave the same room that was joined") {
                $0.unwanted != nil
            },
            Cause("the others are not told that somebody has left") {
                $0.noEvent?.wanted.name == "members"
            },
            Cause("who is not in a channel can leave it: answer \"not in\"") { $0.isAccepted },
        ],
        "10.6": [
            Cause(
                "a broken connection leaves no word behind: tell the members at disconnect as "
                    + "well"
            ) { $0.noEvent?.wanted.name == "members" }
        ],
        "10.9": [
            Cause(
                "somebody speaks in a channel without being in it: look at `channels(of: "
                    + "socket)` first"
            ) { $0.isAccepted && $0.wantedError == "not in" },
            Cause("a channel with an odd name, or none, is accepted") { $0.isAccepted },
            Cause("it is refused and sent all the same: the `return` stands above the `emit`") {
                $0.unwanted != nil
            },
        ],
        "10.10": [
            Cause(
                "a channel's name is used as the room's: the id of a socket is a room as well, "
                    + "so anybody can whisper into it. Put a sign in front"
            ) { $0.unwanted != nil }
        ],
        "10.11": [
            Cause("an empty channel stays in the list") {
                $0.expected.hasPrefix("no empty")
            },
            Cause(
                "somebody who joins twice is listed twice, or the list is missing: ask the "
                    + "engine's rooms, `io.in(room).sockets`"
            ) {
                $0.expected.hasPrefix("{\"channel\"")
            },
        ],
    ]
}

private nonisolated func doorCauses() -> [String: [Cause]] {
    [
        "10.7": [
            Cause(
                "there is no such namespace: `io.of(\"/post\")` and `io.of(\"/get\")`, above "
                    + "`app.run()`"
            ) { $0.isKeptOut },
            Cause("who comes to a namespace is not greeted with \"new message\"") {
                $0.expected.contains("a packet 42/")
            },
            Cause("it is heard in other namespaces, too: `io.of(\"/get\").emit` and no other") {
                $0.unwanted != nil || $0.expected == "nothing for /post"
            },
        ],
        "10.8": [
            Cause(
                "who has no key, or a wrong one, gets into /admin: `io.of(\"/admin\").use` has to "
                    + "throw"
            ) { $0.isLetIn },
            Cause("the right key is refused: it is what ADMIN_KEY in the environment says") {
                $0.isKeptOut
            },
            Cause("the members of a channel that is closed are not told: emit \"closed\" to it") {
                $0.noEvent?.wanted.name == "closed"
            },
            Cause("a channel that was closed still has its members: `socketsLeave`") {
                $0.isAccepted
            },
        ],
    ]
}
