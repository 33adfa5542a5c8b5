// An entry of the stream, and its id. In: an answer of Redis. Out: fields; what a message says.
// Spec: Socket.IO, @socket.io/redis-streams-adapter; Redis Streams. Next: StreamReader.swift.

import Engine
import EngineBytes
import MessagePackWire
import RESPWire

/// `1795629524160-0`: a time in milliseconds, and a number among entries of that time.
struct StreamID: Comparable, CustomStringConvertible {
    let time: UInt64
    let number: UInt64

    /// In front of all entries.
    static let start = StreamID(time: 0, number: 0)

    init(time: UInt64, number: UInt64) {
        self.time = time
        self.number = number
    }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = UInt64(parts[0]), let number = UInt64(parts[1]) else {
            return nil
        }
        self.init(time: time, number: number)
    }

    /// The first id that an entry of so many milliseconds before may have.
    func earlier(by milliseconds: Int) -> StreamID {
        let distance = UInt64(max(0, milliseconds))
        return StreamID(time: time > distance ? time - distance : 0, number: 0)
    }

    static func < (left: StreamID, right: StreamID) -> Bool {
        (left.time, left.number) < (right.time, right.number)
    }

    var description: String { "\(time)-\(number)" }
}

/// One message in the stream.
struct StreamEntry {
    let id: StreamID
    let uid: String
    let namespace: String
    let type: Int
    let data: [UInt8]

    /// An element of XRANGE's answer; nil: it is no message of a server's.
    init?(_ value: RESPValue) {
        guard let parts = value.elements, parts.count == 2, let fields = parts[1].pairs,
            let id = parts[0].text.flatMap({ StreamID($0) })
        else { return nil }
        var (uid, namespace, type, data): (String?, String?, Int?, [UInt8]?)
        for field in fields {
            switch field.key.text {
            case "uid": uid = field.value.text
            case "nsp": namespace = field.value.text
            case "type": type = field.value.integer
            case "data": data = field.value.bytes
            default: break
            }
        }
        guard let uid, let namespace, let type else { return nil }
        (self.id, self.uid, self.namespace, self.type) = (id, uid, namespace, type)
        self.data = data ?? []
    }

    /// The id of an element, whatever it holds.
    static func id(_ value: RESPValue) -> StreamID? {
        value.elements?.first?.text.flatMap { StreamID($0) }
    }

    /// What it says; nil: it is not understood.
    var message: AdapterMessage? {
        guard let data = Self.decode(data), let content = ClusterForm.content(type, data) else {
            return nil
        }
        return AdapterMessage(
            server: uid, namespace: namespace, offset: id.description, content: content)
    }

    /// JSON, or MessagePack in Base64 where there is binary.
    static func encode(_ data: Wire) -> [UInt8] {
        data.hasBinary ? Base64.encode(MessagePackEncoder.encode(data)[...]) : data.jsonText
    }

    static func decode(_ data: [UInt8]) -> Wire? {
        if data.first == UInt8(ascii: "{") { return Wire(json: data[...]) }
        guard let bytes = Base64.decode(data[...]) else { return nil }
        return try? MessagePackDecoder.decode(bytes[...])
    }
}
