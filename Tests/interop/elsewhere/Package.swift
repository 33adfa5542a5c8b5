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

// Not in README: targets with names that parts of the server have had, which are a user's to choose.
package.targets += ["Bytes", "Sockets", "CSystem", "Course", "Grading"].map { name in
    .target(name: name, path: "Sources/Own/\(name)")
}
package.targets[0].dependencies += ["Bytes", "Sockets", "CSystem", "Course", "Grading"]
