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

let engine: [Target] = [
    // Pure protocol: bytes in, values out. No sockets, no clock, no randomness, no await.
    .target(name: "Bytes"),
    .target(name: "HTTPWire", dependencies: ["Bytes"]),
    .target(name: "WebSocketWire", dependencies: ["Bytes", "HTTPWire"]),
    .target(name: "EngineIOWire", dependencies: ["Bytes"]),
    .target(name: "SocketIOWire", dependencies: ["Bytes"]),
    // The one place that touches the operating system.
    .target(name: "CSystem"),
    .target(name: "Sockets", dependencies: ["CSystem", "Bytes"], swiftSettings: mainActor),
    // `on`, `emit` and acknowledgements, the same at both ends.
    .target(
        name: "SocketIOEvents", dependencies: ["SocketIOWire", "Sockets"],
        swiftSettings: mainActor),
    // What a stage imports.
    .target(
        name: "Engine",
        dependencies: [
            "Bytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire", "Sockets",
            "SocketIOEvents",
        ],
        swiftSettings: mainActor),
]

let client: [Target] = [
    // A client for any Socket.IO server.
    .target(
        name: "SocketIOClient",
        dependencies: [
            "Bytes", "HTTPWire", "WebSocketWire", "EngineIOWire", "SocketIOWire", "Sockets",
            "SocketIOEvents",
        ],
        swiftSettings: mainActor)
]

let grading: [Target] = [
    // What a stage has to do: checks, and clients that judge over the network.
    .target(
        name: "Grading", dependencies: ["Sockets", "SocketIOWire"], swiftSettings: mainActor),
    // TUTORIAL.md, as a program reads it.
    .target(name: "Course"),
    .executableTarget(
        name: "grade", dependencies: ["Grading", "Course", "Sockets", "Bytes"],
        swiftSettings: mainActor),
]

let workshop: [Target] = [
    .executableTarget(
        name: "ConformanceServer", dependencies: ["Engine"],
        path: "Sources/Workshop/ConformanceServer", swiftSettings: mainActor),
    .executableTarget(
        name: "Benchmarks", dependencies: ["Engine", "SocketIOClient", "Sockets"],
        path: "Sources/Workshop/Benchmarks", swiftSettings: mainActor),
    .target(name: "CAllocations", path: "Sources/Workshop/CAllocations"),
    .executableTarget(
        name: "PartBenchmarks",
        dependencies: [
            "CAllocations", "WebSocketWire", "HTTPWire", "EngineIOWire", "SocketIOWire", "Sockets",
        ],
        path: "Sources/Workshop/PartBenchmarks", swiftSettings: mainActor),
    .executableTarget(
        name: "Mutants", dependencies: ["Engine"], path: "Sources/Workshop/Mutants",
        swiftSettings: mainActor),
    .executableTarget(
        name: "TutorialSteps", dependencies: ["Course"], path: "Sources/Workshop/TutorialSteps",
        swiftSettings: mainActor),
    .executableTarget(
        name: "ClientProbe", dependencies: ["SocketIOClient", "Sockets"],
        path: "Sources/Workshop/ClientProbe", swiftSettings: mainActor),
    .executableTarget(
        name: "BenchServer", dependencies: ["Engine"],
        path: "Sources/Workshop/BenchServer", swiftSettings: mainActor),
]

let tests: [Target] = [
    .testTarget(name: "BytesTests", dependencies: ["Bytes"]),
    .testTarget(name: "HTTPWireTests", dependencies: ["HTTPWire"]),
    .testTarget(name: "WebSocketWireTests", dependencies: ["WebSocketWire", "HTTPWire"]),
    .testTarget(name: "EngineIOWireTests", dependencies: ["EngineIOWire"]),
    .testTarget(
        name: "SocketIOWireTests", dependencies: ["SocketIOWire", "EngineIOWire", "WebSocketWire"]),
    .testTarget(
        name: "EngineTests", dependencies: ["Engine", "Sockets", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(
        name: "SocketIOClientTests", dependencies: ["Engine", "SocketIOClient", "TestSupport"],
        swiftSettings: mainActor),
    .testTarget(name: "SocketsTests", dependencies: ["Sockets"], swiftSettings: mainActor),
    .testTarget(
        name: "StepTests", dependencies: ["Grading", "TestSupport"], swiftSettings: mainActor),
    .testTarget(
        name: "TutorialTests", dependencies: ["Course", "Grading", "TestSupport"],
        swiftSettings: mainActor),
    // A client that frames by itself, and starts programs: for the two suites above.
    .target(
        name: "TestSupport", dependencies: ["Grading", "Sockets"], path: "Tests/Support",
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
