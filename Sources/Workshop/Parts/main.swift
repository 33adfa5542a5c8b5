// What the parts cost: nanoseconds, allocations and bytes of one operation, as the median of
// several rounds. `swift run -c release PartBenchmarks [name]`; with --count N one part runs N
// times and nothing is measured, for `valgrind --tool=callgrind`. With --deflate it compresses for
// other programs: DeflateDriver.swift; with --chat it measures that: ChatHistory.swift.

import CAllocations
import DeflateWire
import EngineIOWire
import HTTPWire
import SocketIOWire
import EngineSockets
import WebSocketWire

/// Something that is done again and again.
struct Part {
    let name: String
    let run: () throws -> Void
}

let text = Array("42[\"chat message\",\"hello, this is a message of sixty-four bytes or so\"]".utf8)
let packet = text[1...]
let long = [UInt8](repeating: 97, count: 65_536)
let maskedFrame = FrameEncoder.encodeMasked(.text, text[...], key: 0x37FA_213D)
let maskedLongFrame = FrameEncoder.encodeMasked(.text, long[...], key: 0x37FA_213D)
let sixteenFrames = [UInt8]((0..<16).flatMap { _ in maskedFrame })
let request =
    Array(
        """
        POST /socket.io/?EIO=4&transport=polling&sid=lv_VI97HAXpY6yYWAAAC HTTP/1.1\r
        Host: localhost:3000\r
        Connection: keep-alive\r
        Content-Type: text/plain;charset=UTF-8\r
        Accept: */*\r
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\r
        Content-Length: \(text.count)\r
        \r

        """.utf8) + text

var sink = 0

func messages(_ bytes: [UInt8], _ decoder: inout MessageDecoder) throws {
    decoder.feed(bytes[...])
    while let message = try decoder.next() {
        if case .text(let bytes) = message { sink &+= bytes.count }
    }
}

var decoder = MessageDecoder(role: .server)
var packetDecoder = SocketIOPacketDecoder()
guard case .event(_, _, let arguments)? = try packetDecoder.decode(text: packet) else {
    fatalError("the packet is an event")
}
struct Message: Codable { var from, text: String }
let object: Arguments = {
    var decoder = SocketIOPacketDecoder()
    let text = Array("2[\"m\",{\"from\":\"Ada\",\"text\":\"hello\"}]".utf8)
    guard case .event(_, _, let arguments)? = try? decoder.decode(text: text[...]) else {
        fatalError("the packet is an event")
    }
    return arguments
}()

var compressor = Deflater(.messages)
var loner = Deflater(.messages, keepsContext: false)
let deflatedText = loner.endMessage(text[...])
var decompressor = Inflater(.messages, limit: 1_000_000, keepsContext: false)

/// A room of a thousand, and what waits for each.
var queues = [OutgoingQueue](repeating: OutgoingQueue(), count: 1_000)

let parts = [
    Part(name: "frame decode, 70 bytes") { try messages(maskedFrame, &decoder) },
    Part(name: "frame decode, 16 at once") { try messages(sixteenFrames, &decoder) },
    Part(name: "frame decode, 64 KiB") { try messages(maskedLongFrame, &decoder) },
    Part(name: "frame encode, 70 bytes") { sink &+= FrameEncoder.encode(.text, text).count },
    Part(name: "frame mask, 70 bytes") {
        sink &+= FrameEncoder.encodeMasked(.text, text[...], key: 0x37FA_213D).count
    },
    Part(name: "request decode, POST") {
        var decoder = HTTPRequestDecoder()
        decoder.feed(request[...])
        sink &+= try decoder.nextRequest()?.body.count ?? 0
    },
    Part(name: "Engine.IO packet decode") {
        if case .text(let bytes) = try EngineIOPacket.decode(text: text[...]) {
            sink &+= bytes.count
        }
    },
    Part(name: "Socket.IO packet decode") {
        if case .event(_, _, let arguments)? = try packetDecoder.decode(text: packet) {
            sink &+= arguments.count
        }
    },
    Part(name: "argument decode, String") {
        sink &+= try arguments.decode(String.self, at: 0).utf8.count
    },
    Part(name: "argument decode, struct") {
        sink &+= try object.decode(Message.self, at: 0).text.utf8.count
    },
    Part(name: "packet encode, String") {
        var encoder = ArgumentsEncoder(eventName: "chat message")
        try encoder.append("hello, this is a message of sixty-four bytes or so")
        var bytes = Array("4".utf8)
        SocketIOPacketEncoder.appendEvent(
            namespace: "/", ackID: nil, encoder.finish(), to: &bytes)
        sink &+= bytes.count
    },
    Part(name: "packet encode, struct") {
        var encoder = ArgumentsEncoder(eventName: "chat message")
        try encoder.append(Message(from: "Ada", text: "hello"))
        var bytes = Array("4".utf8)
        SocketIOPacketEncoder.appendEvent(
            namespace: "/", ackID: nil, encoder.finish(), to: &bytes)
        sink &+= bytes.count
    },
    Part(name: "deflate a message, context") { sink &+= compressor.endMessage(text[...]).count },
    Part(name: "deflate a message, alone") { sink &+= loner.endMessage(text[...]).count },
    Part(name: "inflate a message, alone") {
        decompressor.feed(deflatedText[...])
        decompressor.feedEnd()
        while let piece = try decompressor.nextPiece() { sink &+= piece.count }
    },
    Part(name: "broadcast to 1,000 queues") {
        let frame = FrameEncoder.encode(.text, text)
        for index in queues.indices { queues[index].append(frame) }
        for index in queues.indices { queues[index].removeAll() }
    },
]

func measure(_ part: Part) throws {
    // As many as make a round of about 20 ms.
    var count = 1
    while true {
        let begin = ContinuousClock.now
        for _ in 0..<count { try part.run() }
        if ContinuousClock.now - begin > .milliseconds(20) { break }
        count *= 2
    }
    var times: [Double] = []
    let (allocations, bytes) = (callocations_count(), callocations_bytes())
    for _ in 0..<9 {
        let begin = ContinuousClock.now
        for _ in 0..<count { try part.run() }
        times.append((ContinuousClock.now - begin) / .nanoseconds(1) / Double(count))
    }
    let all = Double(count * 9)
    let figures = [
        times.sorted()[4].rounded(), Double(callocations_count() - allocations) / all,
        (Double(callocations_bytes() - bytes) / all).rounded(),
    ].map { "\(($0 * 10).rounded() / 10)" }
    let name = part.name.padding(to: 28)
    print(name + figures.map { $0.padding(to: 12, isRight: true) }.joined())
}

extension String {
    func padding(to width: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return isRight ? blanks + self : self + blanks
    }
}

var words = CommandLine.arguments.dropFirst()
if words.first == "--count", words.count >= 3, let count = Int(words.dropFirst().first ?? "") {
    for part in parts where part.name.contains(words.last ?? "") {
        for _ in 0..<count { try part.run() }
    }
} else if words.first == "--deflate" {
    driveDeflate()
} else if words.first == "--chat" {
    try measureChat()
} else {
    print("one operation".padding(to: 28) + "          ns allocations       bytes")
    for part in parts where words.isEmpty || part.name.contains(words.first ?? "") {
        try measure(part)
    }
}
