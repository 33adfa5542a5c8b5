// The workbench: its whole state, and the one place where parts of it change and pages are told.
// In: what its members find out. Out: a page with the text, and events.
// Next: StateParts.swift, WorkbenchRequests.swift (what a page asks for); Rebuilder.swift,
// ProgramRunner.swift, GradingDesk.swift, Visitors.swift.

import CourseLanguage
import CourseRunner
import CourseText
import CourseTutorial
import Engine
import EngineSockets
import Foundation
import Grading
import SocketIOEvents
import SocketIOWire

final class Workbench {
    let package: PackageFolder
    let options: CourseOptions
    private let app = App()
    private let io: SocketServer
    private let pages: TextPages
    private(set) var port = 0

    // MARK: - The state

    let target: TargetPart
    var program = ProgramPart() { didSet { tell("program", program, oldValue) } }
    var build = BuildPart() { didSet { tell("build", build, oldValue) } }
    var visitorParts: [VisitorPart] = [] { didSet { tell("visitors", visitorParts, oldValue) } }
    var files = FilesPart() { didSet { tell("files", files, oldValue) } }
    private(set) var grading = GradingPart()
    private var output: [OutputLine] = []
    private var wire = WireLog()

    private static let keptLines = 5_000
    private static let shownLines = 500
    private static let shownObservations = 1_000

    // MARK: - Its members

    private(set) lazy var visitors = Visitors(self)
    private(set) lazy var runner = ProgramRunner(self, subject)
    private(set) lazy var desk = GradingDesk(self, subject)
    private(set) lazy var rebuilder = Rebuilder(self)

    /// Throws if the course's text cannot be read.
    init(_ package: PackageFolder, _ options: CourseOptions) throws {
        (self.package, self.options) = (package, options)
        let command = options.command
        target = TargetPart(
            isOwn: command == nil,
            name: command == nil ? "MyChat" : ("your server" as Sentence).text,
            command: command)
        pages = try TextPages(root: package.root, language: .current)
        var settings = SocketServerOptions()
        settings.allowRequest = Self.isFromHere
        io = SocketServer(app, settings)
        io.connectionStateRecovery = ConnectionStateRecovery()
    }

    private var subject: Subject {
        options.command.map { .command($0) }
            ?? .executable(package.products.appending(path: target.name))
    }

    /// The engine compares the hosts of Origin and Host; here there is no proxy with TLS, so the
    /// scheme is known as well. A request that a page of another site makes without an Origin, for
    /// an image or a script, browsers mark in another field.
    /// Spec: W3C Fetch Metadata Request Headers
    private static func isFromHere(_ request: Request) -> Bool {
        let fields = request.head.fields
        let site = fields["Sec-Fetch-Site"] ?? "none"
        guard ["same-origin", "none"].contains(site) else { return false }
        return fields["Origin"].map { $0 == "http://\(fields["Host"] ?? "")" } ?? true
    }

    // MARK: - Begin and end

    /// Listens, and starts everything. Throws when the port is taken.
    func begin() throws {
        io.onConnection { [self] socket in
            if !socket.recovered { socket.deliver(event("state", state)) }
            answerRequests(of: socket)
        }
        app.get("*") { [self] in try pages.response(to: $0, port: port) }
        port = try listen()
        let address = "http://localhost:\(port)"
        say("the course is at \(address)")
        say("Control-C ends it, and all that it has started.")
        try visitors.begin(origin: address)
        if target.isOwn { rebuilder.begin() } else { startCommand() }
        tick()
        if options.opensBrowser { Browser.open(address) }
    }

    /// Another server has no save that is seen: its checks run whenever it is started.
    func startCommand() {
        runner.start()
        desk.gradeAgain()
    }

    private func listen() throws -> Int {
        let wanted = options.port ?? 4_000
        let ports = options.port == nil ? Array(wanted..<wanted + 20) + [0] : [wanted]
        for port in ports {
            do {
                return try app.listen(port: port)
            } catch let error as SystemError where error.isAddressInUse {
                continue
            }
        }
        throw CourseProblem(
            "port \(wanted) is taken: another program listens there, perhaps another workbench. "
                + "End it, choose another port with --port N, or leave --port out.")
    }

    /// Looks after everything that does not tell by itself, again and again.
    private func tick() {
        if target.isOwn { rebuilder.tick() }
        runner.tick()
        visitors.tick()
        EventLoop.shared.after(Watcher.interval) { [self] in tick() }
    }

    /// Ends all that was started, within a second.
    func end() async {
        desk.end()
        runner.stop()
        visitors.end()
        let building = Task { await rebuilder.end() }
        await io.close()
        await building.value
    }

    // MARK: - To the pages

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return encoder
    }()

    private static func json(_ value: some Encodable) -> [UInt8] {
        (try? encoder.encode(value)).map(Array.init) ?? Array("null".utf8)
    }

    /// An event with one argument. Foundation encodes it, with bytes as base64: the engine would
    /// send them as attachments.
    private func event(_ name: String, _ json: [UInt8]) -> OutgoingEvent {
        let all = Array("[\"\(name)\",".utf8) + json + Array("]".utf8)
        return OutgoingEvent(arguments: EncodedArguments(json: all, attachments: []))
    }

    /// Tells all pages.
    func tell(_ name: String, _ value: some Encodable) {
        io.sockets.broadcast.deliver(event(name, Self.json(value)))
    }

    private func tell<Part: Encodable & Equatable>(_ name: String, _ part: Part, _ old: Part) {
        if part != old { tell(name, part) }
    }

    private var state: [UInt8] {
        let parts = [
            ("target", Self.json(target)), ("program", Self.json(program)),
            ("build", Self.json(build)), ("visitors", Self.json(visitorParts)),
            ("grading", Self.json(grading)), ("files", Self.json(files)),
            ("output", Self.json(Array(output.suffix(Self.shownLines)))),
            ("wire", wire.last(Self.shownObservations)),
        ].map { name, json in Array("\"\(name)\":".utf8) + json }
        return Array("{".utf8) + Array(parts.joined(separator: ",".utf8)) + Array("}".utf8)
    }

    /// Frames are to be loaded again.
    func reload(_ reason: ReloadPart.Reason) {
        tell("reload", ReloadPart(visitors: visitors.names, reason: reason))
    }

    // MARK: - What grows

    /// Changes the grading part; pages get all of it at the beginning and the end of a run.
    func show(_ part: GradingPart, isWhole: Bool = true) {
        guard part != grading else { return }
        grading = part
        if isWhole { tell("grading", part) }
    }

    func append(_ lines: [OutputLine]) {
        guard !lines.isEmpty else { return }
        output += lines
        if output.count > 2 * Self.keptLines { output = output.suffix(Self.keptLines) }
        tell("output", lines)
    }

    func note(_ sentence: Sentence) {
        append([OutputLine(kind: .note, text: sentence.text, run: program.run)])
    }

    /// Observations, each encoded.
    func append(_ observations: [[UInt8]]) {
        io.sockets.broadcast.deliver(event("wire", WireLog.array(observations)))
        wire.append(observations)
    }

    static func encoded(_ observation: some Encodable) -> [UInt8] { json(observation) }

    func clearWire() {
        wire = WireLog()
        tell("wire cleared", [String: String]())
    }

    func clearOutput() {
        output = []
        tell("output cleared", [String: String]())
    }
}
