// The engine as submissions are compiled against it: built once, copied beside the run, so that
// no other build disturbs it. Next: ClassWorker.swift, Build.swift.

import CourseRunner
import Foundation
import Grading

/// A folder with the engine's modules and its code in one library.
struct EngineKit: Codable {
    let folder: URL
    /// The toolchain's folder: `…/usr`.
    let toolchain: URL

    /// Builds the engine, and makes the kit in a new folder.
    init(of package: PackageFolder, in folder: URL) async throws {
        self.folder = folder
        toolchain = try await Self.findToolchain()
        let build = Build(of: package, product: Self.example, files: "Steps/12-ManyServers/")
        switch await build.run() {
        case .built: break
        case .errors(let lines): throw Missing(description: "\(lines.joined(separator: "\n"))")
        case .trouble(let end): throw Missing(description: "the engine could not be built: \(end)")
        }
        try await collect(from: package)
    }

    /// A program that has in it whatever a learner may import.
    private static let example = "Step12"
    private static let cModule = "CEngineSockets"

    private var library: URL { folder.appending(path: "libengine.so") }
    private var modules: URL { folder.appending(path: "modules") }
    private var cFolder: URL { folder.appending(path: cHeaders) }
    private var cHeaders: String { "c" }
    /// What the compiler has made of the system's headers.
    var cache: URL { folder.appending(path: "cache") }
    private var swiftc: String { toolchain.appending(path: "bin/swiftc").path }

    /// The compiler tells where its libraries are: `…/usr/lib/swift`.
    private static func findToolchain() async throws -> URL {
        struct Target: Decodable {
            struct Paths: Decodable { let runtimeResourcePath: String }
            let paths: Paths
        }
        let program = try Program(
            URL(filePath: "/usr/bin/env"), ["swiftc", "-print-target-info"])
        _ = try await program.end()
        let target = try JSONDecoder().decode(Target.self, from: Data(program.text.utf8))
        return URL(filePath: target.paths.runtimeResourcePath).deletingLastPathComponent()
            .deletingLastPathComponent().resolvingSymlinksInPath()
    }

    /// Links the engine's objects into a library, and copies its modules.
    private func collect(from package: PackageFolder) async throws {
        let list = package.products.appending(path: "\(Self.example).product/Objects.LinkFileList")
        let objects = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "'\" ")) }
            .filter { !$0.contains("/\(Self.example).build/") }
        let manager = FileManager.default
        try manager.createDirectory(at: modules, withIntermediateDirectories: true)
        let names = Set(
            objects.map {
                URL(filePath: $0).deletingLastPathComponent().deletingPathExtension()
                    .lastPathComponent
            })
        for name in names {
            let file = "\(name).swiftmodule"
            let module = package.products.appending(path: "Modules/\(file)")
            guard manager.fileExists(atPath: module.path) else { continue }
            try manager.copyItem(at: module, to: modules.appending(path: file))
        }
        try manager.copyItem(
            at: package.root.appending(path: "Sources/Sockets/CSystem/include"), to: cFolder)
        let map = "module \(Self.cModule) {\n    header \"\(Self.cModule).h\"\n    export *\n}\n"
        try Data(map.utf8).write(to: cFolder.appending(path: "module.modulemap"))
        let link = try Program(
            URL(filePath: swiftc), ["-emit-library", "-o", library.path] + objects)
        guard try await link.end() == 0 else { throw Missing(description: "\(link.errorText)") }
    }

    /// The command that compiles a submission, with the flags that MyChat has in Package.swift.
    func command(_ files: [URL], to program: URL, cache: String) -> [String] {
        [
            swiftc, "-module-name", "MyChat", "-swift-version", "6", "-default-isolation",
            "MainActor", "-Onone", "-g", "-I", modules.path, "-Xcc",
            "-fmodule-map-file=\(cFolder.appending(path: "module.modulemap").path)",
            "-module-cache-path", cache, "-o", program.path, library.path,
            "-Xlinker", "-rpath", "-Xlinker", folder.path,
        ] + files.map(\.path)
    }

    /// Compiles a first program, so that the next ones find the system's headers done.
    func warmUp(in sandbox: Sandbox) async throws {
        let main = folder.appending(path: "main.swift")
        let text = [
            "Engine", "TokenWire", "RedisAdapter", "Foundation", "Dispatch", "Synchronization",
        ].map {
            "import \($0)\n"
        }
        try Data((text.joined() + "print(1)\n").utf8).write(to: main)
        var sandbox = sandbox
        sandbox.reads = [folder, toolchain]
        sandbox.writes = [cache]
        sandbox.limits = .compiler
        let isApart = sandbox.means.hasOwnRoot
        let place = isApart ? Self.cachePath : cache.path
        let copy = isApart ? "cp -r \(place)/. \"$0\" && " : ""
        let script = "\"$@\" && \(copy)chmod -R a+rX \"$0\""
        let first = cache.appending(path: "first")
        let build = command([main], to: first, cache: place)
        let command = sandbox.command(["/bin/sh", "-c", script, cache.path] + build)
        let program = try Program(sandbox.means.worker(command.words), holdsInput: true)
        try await eventually("the first program", within: 120_000) { !program.isRunning }
        guard FileManager.default.fileExists(atPath: first.path) else {
            throw Missing(description: "\(program.errorText)")
        }
    }

    /// The command that compiles a submission into a folder of its own. A cache knows its path, so
    /// the copy has the one that it was made at; without a /tmp of one's own all share it.
    func command(_ files: [URL], into folder: URL, _ means: SandboxMeans) -> [String] {
        let place = means.hasOwnRoot ? Self.cachePath : cache.path
        let build = command(files, to: folder.appending(path: "MyChat"), cache: place)
        guard means.hasOwnRoot else { return build }
        return ["/bin/sh", "-c", "cp -r \"$0\" \(place) && exec \"$@\"", cache.path] + build
    }

    /// Where the compiler's cache is while it compiles, for a program with a /tmp of its own.
    private static let cachePath = "/tmp/module-cache"
}
