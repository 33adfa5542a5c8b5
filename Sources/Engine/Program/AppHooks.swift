// Where features of an app come in that no stage needs, as those of sessions do in
// EngineIO/EngineIOHooks.swift. Next: Run.swift; More/Access/AllowedHosts.swift,
// More/Pages/PageCache.swift.

import EngineSockets
import HTTPWire
import WebSocketWire

/// The hooks of a program.
protocol AppHooks {}
extension App: AppHooks {}

extension AppHooks {
    /// An option of the command line that the stages do without. False: it is none.
    func takes(_ option: String, _ value: () throws -> String) throws -> Bool { false }
    /// A path has got a route.
    func hasRoute(_ path: String) {}
    /// A request has come: as it shall be seen.
    func received(_ request: Request) -> Request { request }
    /// Whether a request is answered by something else than a route of its very path, or a page.
    func takes(_ exchange: HTTPExchange) -> Bool { false }
    /// It is going to run until a signal comes, which without More ends the program at once.
    func hearSignals() throws {}
    /// It is about to listen. Throws if it may not.
    func mayListen() throws {}
    /// It listens on what the command line says.
    func listens(on host: String?) {}
    /// Its listeners are open; this is what the last of them was asked for by.
    func hasOpened(by host: String?) {}
    /// Whether a request may be answered. After false the hook has done so.
    func mayAnswer(_ exchange: HTTPExchange) -> Bool { true }
    /// What `--help` says about such options.
    var moreUsage: String { "" }
    /// A file of the pages, as this request gets it.
    func coded(_ page: Response, for head: HTTPRequestHead) -> Response { page }
}

/// What was agreed on with a WebSocket's client about its messages.
typealias MessageExtension = (restorer: (any MessageRestoring)?, extras: AnyObject)
/// The hooks of WebSockets.
protocol WebSocketHooks {}
extension App: WebSocketHooks {}
extension WebSocketConnection: WebSocketHooks {}

extension WebSocketHooks {
    /// Agrees on what the client offers, if it offers anything: `answer` says so.
    func agree(
        _ request: Request, _ answer: inout HTTPResponse, _ limits: WebSocketLimits
    ) throws(HandshakeError) -> MessageExtension? { nil }
    /// A frame with a whole message, as it shall go out.
    func outgoing(_ frame: [UInt8]) -> [UInt8] { frame }
}

/// The hooks of a request and its answer.
protocol ExchangeHooks {}
extension HTTPExchange: ExchangeHooks {}

extension ExchangeHooks {
    /// What a client is told of an error that a handler has thrown; nil: nothing but 500.
    func response(for error: any Error) -> HTTPResponse? { nil }
}

/// The hooks of an app's pages.
protocol PagesHooks {}
extension Pages: PagesHooks {}

extension PagesHooks {
    /// They are going to be served.
    func opened() {}
    /// The answer to a GET for the file at a path, which `read` makes.
    func answer(forFile path: String, _ read: () -> HTTPResponse?) -> HTTPResponse? { read() }
}

/// The hooks of a file's content as a response.
protocol ContentHooks {}
extension HTTPResponse: ContentHooks {}

extension ContentHooks {
    /// The media type of files whose names end so; nil: it is not known.
    static func mediaType(_ end: String) -> String? { nil }
    /// The content and its type are set: more fields about it.
    mutating func describeContent(isPage: Bool) {}
}
