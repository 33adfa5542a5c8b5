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
