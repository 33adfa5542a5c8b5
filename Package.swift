// swift-tools-version: 6.2
import PackageDescription

// Handlers, sockets and timers share one thread, the main actor: like Node, and like Node without
// a single lock. Targets that stand on it say so here once, instead of on every declaration.
let mainActor: [SwiftSetting] = [.defaultIsolation(MainActor.self)]

/// One stage of the course: a program of a page or two that imports `Engine` and nothing else.
func step(_ number: Int, _ title: String) -> Target {
    .executableTarget(
        name: "Step\(number)", dependencies: ["Engine"], path: "Steps/\(number)-\(title)",
        swiftSettings: mainActor)
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
        name: "MyChat", dependencies: ["Engine"], path: "Steps/MyChat", swiftSettings: mainActor),
]

/// What server and client are made of.
let parts: [Target.Dependency] = [
    "EngineBytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire", "EngineSockets",
    "SocketIOEvents",
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

let grading: [Target] = [
    // TUTORIAL.md, as a program reads it.
    .target(name: "Course", path: "Sources/Course/Tutorial"),
    // What a stage has to do: checks, and clients that judge over the network.
    .target(
        name: "Grading", dependencies: ["EngineSockets", "SocketIOWire"],
        path: "Sources/Course/Grading", swiftSettings: mainActor),
    .executableTarget(
        name: "grade", dependencies: ["Grading", "Course", "EngineSockets", "EngineBytes"],
        path: "Sources/Course/grade", swiftSettings: mainActor),
    // Servers that each do one thing wrong, for the tests of the checks.
    .executableTarget(
        name: "Mutants", dependencies: ["Engine"], path: "Sources/Course/Mutants",
        swiftSettings: mainActor),
]

let workshop: [Target] = [
    // Servers and clients for tests and measurements, a mode for each.
    .executableTarget(
        name: "Workshop", dependencies: ["Engine", "SocketIOClient", "Course", "EngineSockets"],
        exclude: ["Parts", "CAllocations"], swiftSettings: mainActor),
    // What the parts cost; alone, because it counts what is allocated.
    .target(name: "CAllocations", path: "Sources/Workshop/CAllocations"),
    .executableTarget(
        name: "PartBenchmarks",
        dependencies: [
            "CAllocations", "WebSocketWire", "HTTPWire", "EngineIOWire", "SocketIOWire",
            "EngineSockets",
        ],
        path: "Sources/Workshop/Parts", swiftSettings: mainActor),
]

let tests: [Target] = [
    .testTarget(
        name: "WireTests",
        dependencies: [
            "EngineBytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire",
            "TestSupport",
        ]),
    .testTarget(
        name: "EngineTests", dependencies: ["Engine", "EngineSockets", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "SocketIOClientTests", dependencies: ["Engine", "SocketIOClient", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "SocketsTests", dependencies: ["EngineSockets"], swiftSettings: mainActor),
    .testTarget(
        name: "StepTests", dependencies: ["Grading", "TestSupport"], swiftSettings: mainActor),
    .testTarget(
        name: "TutorialTests", dependencies: ["Course", "Grading", "TestSupport"],
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
    ],
    dependencies: [],
    targets: course + engine + client + grading + workshop + tests,
    swiftLanguageModes: [.v6]
)
