// Help for stage 2. Next: Stage3Hints.swift.

import CourseLanguage

nonisolated func stage2Hints() -> [String: Hint] {
    [
        "2.1": Hint(
            "A page alone connects to nothing. Which two lines make it?",
            look: "TUTORIAL, stage 2, step 2: the end of the page's body.",
            shape: """
                <script src="/socket.io/socket.io.js"></script>
                <script>
                  const socket = io();
                </script>
                """),
        "2.2": Hint(
            "Who answers GET /socket.io/socket.io.js?",
            look: "Not a file of yours: a SocketServer on the app's port serves it.",
            shape: "let io = SocketServer(app)"),
        "2.3": Hint(
            "When does the server learn that there is somebody?",
            look: "TUTORIAL, stage 2, step 3. The line is printed exactly so.",
            shape: """
                io.onConnection { socket in
                    print("a user connected")
                }
                """),
        "2.4": Hint(
            "Who hears that a socket has gone: the server, or the socket?",
            look: "TUTORIAL, stage 2, step 4: the handler gets the reason. Print it.",
            shape: """
                socket.onDisconnect { reason in
                    print("a user disconnected: \\(reason)")
                }
                """),
        "2.5": Hint(
            "A tab that is closed says nothing. How does the server notice?",
            look: "The same handler hears all ways of leaving. Is there an if around your print?",
            shape: "socket.onDisconnect { reason in print(…) }      // without a condition"),
        "2.6": Hint(
            "What has a client to know before it can keep a connection alive?",
            look: "Engine.IO 4, handshake: 0 and a JSON object.",
            shape: "0{\"sid\":…,\"upgrades\":[…],\"pingInterval\":…,\"pingTimeout\":…,"
                + "\"maxPayload\":…}"),
        "2.7": Hint(
            "A client sends the id of a session that has ended. What is the answer?",
            look: "Engine.IO 4: an unknown sid is refused, with a reason in JSON.",
            shape: "400  {\"code\":1,\"message\":\"Session ID unknown\"}"),
        "2.8": Hint(
            "How do both ends agree that the WebSocket works before they trust it?",
            look: "Engine.IO 4, upgrade: 2probe, 3probe, then 5.",
            shape: "receive 2probe → send 3probe; receive 5 → this is the transport now"),
        "2.9": Hint(
            "Which namespaces exist, and who decides?",
            look: "Socket.IO 5: CONNECT to an unknown namespace is answered by CONNECT_ERROR.",
            shape: "44/nowhere,{\"message\":\"Invalid namespace\"}"),
        "2.10": Hint(
            "A wire that was cut looks like a wire on which nobody speaks. Who speaks first?",
            look: "Engine.IO 4, heartbeat: the server sends 2, the client answers 3.",
            shape: "every pingInterval ms: send 2"),
        "2.11": Hint(
            "For how long may a client be silent after a ping?",
            look: "Engine.IO 4, heartbeat: pingTimeout ms after the ping, not before.",
            shape: "no 3 within pingTimeout → close, reason \"ping timeout\""),
    ]
}
