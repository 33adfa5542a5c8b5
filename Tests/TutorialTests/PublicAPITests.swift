// What programs rely on: the public names of the libraries, as they stand in PublicAPI.txt. A name
// that disappears breaks programs that use it, so it is a decision. Next: PublicNames.swift.

import Foundation
import Testing

/// Off the main actor: it reads for some seconds, and others are timed meanwhile.
@Suite("The public API", .heavy)
nonisolated struct PublicAPITests {
    private static let list = "Tests/TutorialTests/PublicAPI.txt"
    /// The modules that programs import, and those whose names they use through them.
    private static let modules = [
        "Sources/Engine/", "Sources/Events/", "Sources/Client/", "Sources/Wire/HTTP/",
        "Sources/Wire/WebSocket/", "Sources/Wire/SocketIO/", "Sources/Wire/EngineIO/",
        "Sources/Sockets/", "Sources/Wire/Tokens/",
    ]

    /// Modules that are imported by themselves.
    private static let imports = [
        "Sources/Client/": "SocketIOClient", "Sources/Wire/Tokens/": "TokenWire",
    ]

    private static let declared = Result { try read() }

    private static func read() throws -> Set<String> {
        var names: Set<String> = []
        for file in try SourceFile.all() where file.path.hasSuffix(".swift") {
            guard let module = modules.first(where: file.path.hasPrefix),
                file.lines.contains(where: { $0.contains("public ") })
            else { continue }
            let prefix = imports[module] ?? "Engine"
            for name in PublicNames(file.lines).names { names.insert("\(prefix) \(name)") }
        }
        return names
    }

    @Test("no public name disappears, and each new one is listed; API=1 writes the list anew")
    func names() throws {
        let declared = try Self.declared.get()
        let url = Repository.root.appending(path: Self.list)
        if ProcessInfo.processInfo.environment["API"] == "1" {
            let text = declared.sorted().joined(separator: "\n") + "\n"
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        let listed = Set(try Repository.text(Self.list).split(separator: "\n").map(String.init))
        for name in listed.subtracting(declared).sorted() {
            Issue.record(
                """
                \(name) is public no more: programs that use it stop compiling. If that is meant, \
                say so in CHANGELOG.md, and write the list anew: API=1 swift test --filter PublicAPI
                """)
        }
        for name in declared.subtracting(listed).sorted() {
            Issue.record(
                "\(name) is new: API=1 swift test --filter PublicAPI puts it into the list")
        }
        #expect(declared.count > 500, "the declarations are read")
    }

    @Test("the list holds what everyone uses, as it is written")
    func known() throws {
        let declared = try Self.declared.get()
        for name in [
            "Engine App.get(_:_:)", "Engine App.serve(host:port:signals:onListening:)",
            "Engine EventSource.on(_:_:)", "Engine Socket.onDisconnect(_:)", "Engine Refusal.host",
            "Engine ServerObserver.cutOff(_:)", "Engine SocketServerOptions.pingInterval",
            "Engine HTTPResponse.json(_:_:)", "Engine CORS.Origins.list", "Engine Log.sink",
            "Engine Adapter.publish(_:)", "SocketIOClient ClientSocket.connect(_:_:auth:)",
        ] {
            #expect(declared.contains(name), "\(name) is not found")
        }
    }

    @Test("names are read out of declarations as this package writes them")
    func reading() {
        let names = PublicNames(
            """
            public nonisolated enum Kind: Sendable {
                /// A case.
                case one, two(Int)
                var hidden: Int { 1 }
                public internal(set) var shown: Int
                @MainActor public static func make<T: P>(
                    _ first: (Int) -> T, at second: [String: Int] = [:]
                ) -> Kind? { nil }
            }
            extension Kind {
                public subscript(_ key: String) -> Int { 0 }
                func quiet() { switch self { case .one: break; case .two: break } }
            }
            public protocol Door: AnyObject {
                var isOpen: Bool { get }
                func open(for who: String)
            }
            """.split(separator: "\n")
        ).names
        #expect(
            names == [
                "Kind", "Kind.one", "Kind.two", "Kind.shown", "Kind.make(_:at:)",
                "Kind.subscript(_:)", "Door", "Door.isOpen", "Door.open(for:)",
            ])
    }
}
