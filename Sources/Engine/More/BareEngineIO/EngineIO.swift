// Engine.IO by itself, without events and rooms: messages over whatever transport there is.
// In: an app and options. Out: connections. Next: EngineIO/EngineIOServer.swift.

import Foundation

/// A bare Engine.IO endpoint on an app's port.
public enum EngineIO {
    /// Calls `opened` for each client, before any message of it.
    public static func serve(
        _ app: App, _ options: SocketServerOptions = SocketServerOptions(),
        opened: @escaping @MainActor (EngineIOConnection) -> Void
    ) {
        let server = EngineIOServer(app: app, options: options)
        server.opened = { session in
            let connection = EngineIOConnection(session: session)
            session.delegate = connection
            opened(connection)
        }
    }
}

/// One client of a bare Engine.IO endpoint.
public final class EngineIOConnection: SessionDelegate {
    private unowned let session: Session
    private var textHandler: ((String) -> Void)?
    private var binaryHandler: ((Data) -> Void)?
    private var closeHandler: ((DisconnectReason) -> Void)?
    private var isOpen = true

    init(session: Session) {
        self.session = session
    }

    /// Calls `handler` for each text message, in order.
    public func onText(_ handler: @escaping @MainActor (String) -> Void) { textHandler = handler }

    /// Calls `handler` for each binary message, in order.
    public func onBinary(_ handler: @escaping @MainActor (Data) -> Void) { binaryHandler = handler }

    /// Calls `handler` once, when the connection is over.
    public func onClose(_ handler: @escaping @MainActor (DisconnectReason) -> Void) {
        closeHandler = handler
    }

    /// Sends a text message. After the end: no effect.
    public func send(_ text: String) {
        guard isOpen else { return }
        session.send(OutgoingPacket(text: [UInt8(ascii: "4")] + text.utf8))
    }

    /// Sends a binary message. After the end: no effect.
    public func send(_ data: Data) {
        if isOpen { session.send(OutgoingPacket(binary: Array(data))) }
    }

    func received(text: ArraySlice<UInt8>) { textHandler?(String(decoding: text, as: UTF8.self)) }

    func received(binary: [UInt8]) { binaryHandler?(Data(binary)) }

    /// There are no namespaces to join.
    func joinTimedOut() {}

    func ended(_ reason: DisconnectReason) {
        isOpen = false
        closeHandler?(reason)
        textHandler = nil
        binaryHandler = nil
        closeHandler = nil
    }
}
