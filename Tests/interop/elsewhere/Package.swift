// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Elsewhere",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "RealTimeSwift", path: "../../..")
    ],
    targets: [
        .executableTarget(
            name: "Elsewhere",
            dependencies: [.product(name: "Engine", package: "RealTimeSwift")],
            swiftSettings: [.defaultIsolation(MainActor.self)])
    ]
)

// Not in README: targets with names that parts of the server have had. Users choose names freely.
let ownModules = ["Bytes", "Sockets", "CSystem", "Course", "Grading"]
package.targets += ownModules.map { .target(name: $0, path: "Sources/Own/\($0)") }
package.targets[0].dependencies += ownModules.map { .init(stringLiteral: $0) }
