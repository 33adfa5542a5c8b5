// swift-tools-version: 6.2
import PackageDescription

// Handlers, sockets and timers share one thread, the main actor: like Node, and like Node without
// a single lock. Targets that stand on it say so here once, instead of on every declaration.
let mainActor: [SwiftSetting] = [.defaultIsolation(MainActor.self)]

/// One stage of the course: a program of a page or two that imports `Engine` and nothing else.
func step(_ number: Int, _ title: String, _ more: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: "Step\(number)", dependencies: ["Engine"] + more,
        path: "Steps/\(number)-\(title)", swiftSettings: mainActor)
}

let course: [Target] = [
    step(1, "ServeHTML"),
    step(2, "Connect"),
    step(3, "Emit"),
    step(4, "Broadcast"),
    step(5, "Nicknames"),
    step(6, "TypingIndicator"),
    step(7, "OnlineList"),
    step(8, "PrivateMessages"),
    // Yours.
    .executableTarget(
        name: "MyChat", dependencies: ["Engine", "TokenWire", "RedisAdapter"], path: "Steps/MyChat",
        swiftSettings: mainActor),
]

/// What a chat needs next. Each is a program of its own, and has its points apart.
let bonus: [Target] = [
    step(9, "SignIn", ["TokenWire"]),
    step(10, "Rooms", ["TokenWire"]),
    step(11, "NothingLost"),
    // The grader of a class compiles all submissions against what this one stands on.
    step(12, "ManyServers", ["TokenWire", "RedisAdapter"]),
]

/// What server and client are made of.
let parts: [Target.Dependency] = [
    "EngineBytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire", "EngineSockets",
    "SocketIOEvents", "DeflateWire", "WebSocketDeflate",
]

let engine: [Target] = [
    // Pure protocol: bytes in, values out. No sockets, no clock, no randomness, no await.
    .target(name: "EngineBytes", path: "Sources/Wire/Bytes"),
    .target(name: "HTTPWire", dependencies: ["EngineBytes"], path: "Sources/Wire/HTTP"),
    .target(
        name: "WebSocketWire", dependencies: ["EngineBytes", "HTTPWire"],
        path: "Sources/Wire/WebSocket"),
    .target(name: "EngineIOWire", dependencies: ["EngineBytes"], path: "Sources/Wire/EngineIO"),
    .target(name: "SocketIOWire", dependencies: ["EngineBytes"], path: "Sources/Wire/SocketIO"),
    // Compression: of messages, responses and pages.
    .target(name: "DeflateWire", dependencies: ["EngineBytes"], path: "Sources/Wire/Deflate"),
    // Signing in: signed tokens, stored passwords. For the bonus stages; the engine has no use
    // for it.
    .target(name: "TokenWire", dependencies: ["EngineBytes"], path: "Sources/Wire/Tokens"),
    .target(
        name: "WebSocketDeflate", dependencies: ["DeflateWire", "WebSocketWire"],
        path: "Sources/Wire/WebSocketDeflate"),
    // The one place that touches the operating system.
    .target(name: "CEngineSockets", path: "Sources/Sockets/CSystem"),
    .target(
        name: "EngineSockets", dependencies: ["CEngineSockets", "EngineBytes"],
        path: "Sources/Sockets", exclude: ["CSystem"], swiftSettings: mainActor),
    // `on`, `emit` and acknowledgements, the same at both ends.
    .target(
        name: "SocketIOEvents", dependencies: ["SocketIOWire", "EngineSockets"],
        path: "Sources/Events", swiftSettings: mainActor),
    // What a stage imports.
    .target(name: "Engine", dependencies: parts, swiftSettings: mainActor),
]

let client: [Target] = [
    // A client for any Socket.IO server.
    .target(
        name: "SocketIOClient", dependencies: parts, path: "Sources/Client",
        swiftSettings: mainActor)
]

let adapters: [Target] = [
    // What passes to Redis and back: its protocol, and the packing of messages in it.
    .target(name: "RESPWire", dependencies: ["EngineBytes"], path: "Sources/Wire/RESP"),
    .target(
        name: "MessagePackWire", dependencies: ["EngineBytes", "SocketIOWire"],
        path: "Sources/Wire/MessagePack"),
    // A connection to Redis that comes back.
    .target(
        name: "RedisClient", dependencies: ["RESPWire", "EngineSockets", "EngineBytes"],
        path: "Sources/Adapters/RedisClient", swiftSettings: mainActor),
    // Events for the clients of servers, from a program that is none.
    .target(
        name: "SocketIOEmitter",
        dependencies: [
            "RedisClient", "RESPWire", "MessagePackWire", "SocketIOEvents", "SocketIOWire",
            "EngineSockets", "EngineBytes",
        ],
        path: "Sources/Adapters/RedisEmitter", swiftSettings: mainActor),
    // Several servers, with Redis between them.
    .target(
        name: "RedisAdapter",
        dependencies: [
            "Engine", "RedisClient", "RESPWire", "MessagePackWire", "SocketIOEvents",
            "SocketIOWire", "EngineSockets", "EngineBytes",
        ],
        path: "Sources/Adapters/RedisAdapter", swiftSettings: mainActor),
]

let grading: [Target] = [
    // What is said to a person, in English and in other languages.
    .target(name: "CourseLanguage", path: "Sources/Course/Language"),
    // TUTORIAL.md, as a program reads it.
    .target(name: "CourseTutorial", path: "Sources/Course/Tutorial"),
    // The same text as pages for a browser.
    .target(name: "CourseText", dependencies: ["CourseTutorial"], path: "Sources/Course/Text"),
    // What a stage has to do: checks, and clients that judge over the network.
    .target(
        name: "Grading",
        dependencies: ["CourseLanguage", "EngineSockets", "SocketIOWire", "EngineBytes"],
        path: "Sources/Course/Grading", swiftSettings: mainActor),
    // What passes between pages and a server, relayed and decoded.
    .target(
        name: "Tap",
        dependencies: [
            "CourseLanguage", "EngineSockets", "HTTPWire", "WebSocketWire", "EngineIOWire",
            "SocketIOWire",
        ],
        path: "Sources/Course/Tap", swiftSettings: mainActor),
    // What `grade` and the workbench share: the learner's files, their build, their progress.
    .target(
        name: "CourseRunner",
        dependencies: [
            "CourseLanguage", "Grading", "CourseTutorial", "EngineSockets", "EngineBytes",
        ],
        path: "Sources/Course/Runner", swiftSettings: mainActor),
    .executableTarget(
        name: "grade",
        dependencies: [
            "CourseLanguage", "CourseRunner", "Grading", "CourseTutorial", "EngineSockets",
            "EngineBytes",
        ],
        path: "Sources/Course/grade", swiftSettings: mainActor),
    // The command `course`. No module is called Course: on a Mac both would be one file.
    .executableTarget(
        name: "course",
        dependencies: [
            "Engine", "Tap", "CourseLanguage", "CourseText", "CourseTutorial", "CourseRunner",
            "Grading", "EngineSockets", "SocketIOEvents", "SocketIOWire", "HTTPWire",
        ],
        path: "Sources/Course/course", swiftSettings: mainActor),
    // Servers that each do one thing wrong, for the tests of the checks.
    .executableTarget(
        name: "Mutants", dependencies: ["Engine", "TokenWire", "RedisAdapter"],
        path: "Sources/Course/Mutants",
        swiftSettings: mainActor),
]

let workshop: [Target] = [
    // Servers and clients for tests and measurements, a mode for each.
    .executableTarget(
        name: "Workshop",
        dependencies: [
            "Engine", "SocketIOClient", "CourseTutorial", "EngineSockets", "RedisClient",
            "RESPWire", "RedisAdapter", "SocketIOEmitter",
        ],
        exclude: ["Parts", "CAllocations", "Service"], swiftSettings: mainActor),
    // The example of Documentation/deploying.md.
    .executableTarget(
        name: "ExampleService", dependencies: ["Engine"], path: "Sources/Workshop/Service",
        swiftSettings: mainActor),
    // What the parts cost; alone, because it counts what is allocated.
    .target(name: "CAllocations", path: "Sources/Workshop/CAllocations"),
    .executableTarget(
        name: "PartBenchmarks",
        dependencies: [
            "CAllocations", "WebSocketWire", "HTTPWire", "EngineIOWire", "SocketIOWire",
            "DeflateWire", "WebSocketDeflate", "EngineSockets",
        ],
        path: "Sources/Workshop/Parts", swiftSettings: mainActor),
]

let tests: [Target] = [
    .testTarget(
        name: "WireTests",
        dependencies: [
            "EngineBytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire",
            "DeflateWire", "WebSocketDeflate", "TokenWire", "TestSupport",
        ]),
    .testTarget(
        name: "EngineTests",
        dependencies: ["Engine", "EngineSockets", "DeflateWire", "HTTPWire", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "SocketIOClientTests", dependencies: ["Engine", "SocketIOClient", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "SocketsTests", dependencies: ["EngineSockets", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "RedisTests",
        dependencies: [
            "RESPWire", "MessagePackWire", "RedisClient", "SocketIOEmitter", "RedisAdapter",
            "Engine", "SocketIOWire", "EngineSockets", "TestSupport",
        ],
        exclude: ["vectors.json"], swiftSettings: mainActor),
    .testTarget(
        name: "StepTests", dependencies: ["Grading", "TestSupport"], swiftSettings: mainActor),
    .testTarget(
        name: "TutorialTests", dependencies: ["CourseTutorial", "Grading", "TestSupport"],
        exclude: ["PublicAPI.txt"],
        swiftSettings: mainActor),
    .testTarget(
        name: "CourseTextTests", dependencies: ["CourseText", "CourseTutorial", "TestSupport"]),
    .testTarget(
        name: "RunnerTests",
        dependencies: ["CourseLanguage", "CourseRunner", "CourseTutorial", "Grading"],
        swiftSettings: mainActor),
    .testTarget(
        name: "TapTests",
        dependencies: ["Tap", "Engine", "SocketIOClient", "EngineSockets", "TestSupport"],
        swiftSettings: mainActor),
    // A client that frames by itself, and starts programs: for the two suites above.
    .target(
        name: "TestSupport", dependencies: ["Grading", "EngineSockets"], path: "Tests/Support",
        swiftSettings: mainActor),
]

let package = Package(
    name: "RealTimeSwift",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Engine", targets: ["Engine"]),
        .library(name: "SocketIOClient", targets: ["SocketIOClient"]),
        .library(name: "RedisAdapter", targets: ["RedisAdapter"]),
        .library(name: "SocketIOEmitter", targets: ["SocketIOEmitter"]),
        .library(name: "TokenWire", targets: ["TokenWire"]),
    ],
    dependencies: [],
    targets: course + bonus + engine + client + adapters + grading + workshop + tests,
    swiftLanguageModes: [.v6]
)
