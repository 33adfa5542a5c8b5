// The function that libFuzzer calls, for each decoder and for a whole server. No input may trap;
// bytes in one piece and in many have to give the same; encoded values have to be read back.
// `Tests/fuzz/run SECONDS`. Next: RedisFuzz.swift, Compression.swift, CompressedMessages.swift,
// Connection.swift.

import EngineBytes
import EngineIOWire
import HTTPWire
import SocketIOWire
import WebSocketWire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    let (choice, cut, bytes) = (input[0], Int(input[1]), input[2...])
    switch target ?? choice % 12 {
    case 0: requests(bytes, cut)
    case 1: responses(bytes, cut)
    case 2: messages(bytes, cut)
    case 3: payloads(bytes)
    case 4: packets(bytes)
    case 6: redisValues(bytes, cut)
    case 7: messagePack(bytes)
    case 8: inflate(bytes, cut)
    case 9: deflate(bytes, cut)
    case 10: negotiation(bytes, cut)
    case 11: compressedMessages(bytes, cut)
    default: MainActor.assumeIsolated { ConnectionFuzzer.shared.run(bytes, cut) }
    }
    return 0
}

/// Which target alone, from the environment; nil: all.
let target: UInt8? = {
    guard let text = getenv("FUZZ_TARGET") else { return nil }
    return UInt8(String(cString: text))
}()

/// A fuzzer finds what ends the process: so a broken rule does.
func check(_ condition: Bool, _ what: StaticString) { if !condition { fail(what) } }

/// To standard output, since the server's log may be switched off.
func fail(_ what: StaticString) -> Never {
    let line = Array("broken: \(what)\n".utf8)
    _ = write(STDOUT_FILENO, line, line.count)
    fatalError("\(what)")
}

/// In pieces of so many bytes.
func pieces(_ bytes: ArraySlice<UInt8>, _ size: Int) -> [ArraySlice<UInt8>] {
    var rest = bytes
    var result: [ArraySlice<UInt8>] = []
    while !rest.isEmpty {
        result.append(rest.prefix(size + 1))
        rest = rest.dropFirst(size + 1)
    }
    return result
}

// MARK: - HTTP

func requests(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    func run(_ parts: [ArraySlice<UInt8>]) -> [String] {
        var decoder = HTTPRequestDecoder()
        var seen: [String] = []
        for part in parts {
            decoder.feed(part)
            do {
                while let request = try decoder.nextRequest() {
                    let head = request.head
                    _ = (head.path, head.fields["Host"], head.queryBytes(named: "sid"))
                    _ = head.asksForWebSocket
                    if var answer = try? OpeningHandshake.accept(head) {
                        _ = try? OpeningHandshake.addSubprotocol(to: &answer, for: head) {
                            $0.first
                        }
                    }
                    seen.append("\(head.target) \(request.body.count)")
                }
            } catch {
                seen.append("\(error)")
                return seen
            }
        }
        return seen
    }
    check(run([bytes]) == run(pieces(bytes, cut)), "requests in pieces")
}

func responses(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    func run(_ parts: [ArraySlice<UInt8>]) -> [String] {
        var decoder = HTTPResponseDecoder()
        var seen: [String] = []
        for part in parts {
            decoder.feed(part)
            do {
                while let response = try decoder.nextResponse() {
                    seen.append("\(response.status) \(response.body.count)")
                }
            } catch {
                seen.append("\(error)")
                return seen
            }
        }
        return seen
    }
    check(run([bytes]) == run(pieces(bytes, cut)), "responses in pieces")
}

// MARK: - WebSocket

func messages(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    for role in [WebSocketRole.server, .client] {
        func run(_ parts: [ArraySlice<UInt8>]) -> [Incoming] {
            var limits = WebSocketLimits()
            limits.message = 5_000
            var decoder = MessageDecoder(role: role, limits: limits)
            var seen: [Incoming] = []
            for part in parts {
                decoder.feed(part)
                do {
                    while let message = try decoder.next() { seen.append(message) }
                } catch {
                    return seen
                }
                check(decoder.bufferedCount <= 5_000 + 300, "no more is held than a message")
            }
            return seen
        }
        let whole = run([bytes])
        check(whole == run(pieces(bytes, cut)), "messages in pieces")
        for case .text(let text) in whole {
            check(UTF8Validator.isValid(text[...]), "text is UTF-8")
            if role == .server { roundTrip(text) }
        }
    }
}

func roundTrip(_ text: [UInt8]) {
    var decoder = MessageDecoder(role: .client)
    decoder.feed(FrameEncoder.encode(.text, text)[...])
    check((try? decoder.next()) == .text(text), "a frame comes back")
}

// MARK: - Engine.IO and Socket.IO

func payloads(_ bytes: ArraySlice<UInt8>) {
    guard let packets = try? EngineIOPayload.decode(bytes) else { return }
    for case .text(let text) in packets where UTF8Validator.isValid(text) { packet(text) }
}

/// Messages, separated by zeros: texts, and behind a one binaries.
func packets(_ bytes: ArraySlice<UInt8>) {
    var decoder = SocketIOPacketDecoder()
    for part in bytes.split(separator: 0) {
        if part.first == 1 {
            guard let packet = try? decoder.decode(binary: Array(part.dropFirst())) else {
                continue
            }
            look(packet)
        } else if UTF8Validator.isValid(part) {
            guard let packet = try? decoder.decode(text: part) else { continue }
            look(packet)
        }
    }
}

func packet(_ text: ArraySlice<UInt8>) {
    var decoder = SocketIOPacketDecoder()
    if let packet = try? decoder.decode(text: text) { look(packet) }
}

struct Shape: Codable { var a: String?; var b: [Int]?; var c: [String: Bool]? }

func look(_ packet: SocketIOPacket) {
    switch packet {
    case .event(let namespace, let id, let arguments):
        look(arguments)
        again(namespace, id, arguments)
    case .ack(_, _, let arguments): look(arguments)
    case .connect(_, let payload), .connectError(_, let payload):
        _ = payload?.decode(JSON.self)
    case .disconnect: break
    }
}

func look(_ arguments: Arguments) {
    _ = arguments.eventName
    for index in 0..<min(arguments.count + 1, 5) {
        _ = try? arguments.decode(String.self, at: index)
        _ = try? arguments.decode(Int.self, at: index)
        _ = try? arguments.decode(Double?.self, at: index)
        _ = try? arguments.decode([Bool].self, at: index)
        _ = try? arguments.decode(Shape.self, at: index)
        _ = try? arguments.decode(JSON.self, at: index)
    }
}

/// What came in goes out as it was: encoded from its JSON, and read again.
func again(_ namespace: String, _ id: Int?, _ arguments: Arguments) {
    guard arguments.attachments.isEmpty, !arguments.eventName.isEmpty else { return }
    var encoder = ArgumentsEncoder(eventName: "x")
    guard (try? encoder.append(contentsOf: arguments)) != nil else { return }
    var text: [UInt8] = []
    SocketIOPacketEncoder.appendEvent(namespace: "/", ackID: id, encoder.finish(), to: &text)
    var decoder = SocketIOPacketDecoder()
    guard case .event(_, let otherID, let other)? = try? decoder.decode(text: text[...]) else {
        fail("an event that was encoded is read back")
    }
    check(otherID == id && other.count == arguments.count, "with its arguments")
}
