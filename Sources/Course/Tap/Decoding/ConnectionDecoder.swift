// One connection: requests and responses, in pairs, and behind an upgrade frames both ways.
// In: the bytes of both ways, in pieces of any size. Out: observations, into the recorder.
// Next: HTTPReaders.swift, MessageReader.swift.

import EngineBytes
import HTTPWire

/// A request that waits for its answer.
nonisolated struct AskedRequest {
    let number: Int
    let head: HTTPRequestHead

    var asksForWebSocket: Bool { head.fields.has("websocket", in: "Upgrade") }

    /// Where packets belong to: an Engine.IO session, or, while it has no sid, the connection.
    /// Nil: there are no packets.
    func session(_ way: Way, _ connection: Int) -> String? {
        guard head.queryBytes(named: "EIO")?.equals("4") == true else { return nil }
        let sid = head.queryBytes(named: "sid").map { String(decoding: $0, as: UTF8.self) }
        return "\(sid ?? "#\(connection)") \(way)"
    }
}

/// Decodes one connection.
nonisolated struct ConnectionDecoder {
    private var requests = RequestReader()
    private var responses = ResponseReader()
    private var asked: [AskedRequest] = []
    private var frames: [Way: MessageReader] = [:]
    /// Ways that can't be decoded any more; ways that have ended.
    private var lost: Set<Way> = []
    private var ended: Set<Way> = []
    private var isChanged = false

    var isWebSocket: Bool { !frames.isEmpty }
    var expectsResponse: Bool {
        !isWebSocket && !lost.contains(.toVisitor) && responses.wire.isEmpty
    }

    mutating func received(
        _ bytes: ArraySlice<UInt8>, _ way: Way, _ isChanged: Bool, _ recorder: inout Recorder
    ) {
        guard !lost.contains(way) else { return }
        do {
            if isWebSocket {
                try frames[way]?.receive(bytes, &recorder)
            } else if way == .toVisitor {
                if isChanged { self.isChanged = true }
                responses.feed(bytes)
                try readResponses(&recorder)
            } else {
                requests.feed(bytes)
                try readRequests(&recorder)
            }
        } catch {
            lose(way, "\(error)", &recorder)
        }
    }

    // MARK: - HTTP

    /// What follows a request for a WebSocket has a meaning once that is answered.
    private mutating func readRequests(_ recorder: inout Recorder) throws(HTTPError) {
        while asked.last?.asksForWebSocket != true, let (request, wire) = try requests.next() {
            let one = AskedRequest(number: recorder.nextNumber, head: request.head)
            asked.append(one)
            var meaning = Meaning()
            if !request.body.isEmpty, let session = one.session(.toServer, recorder.connection) {
                meaning = recorder.packets.payload(request.body, session, one.number)
            }
            recorder.add(.request, .toServer) { $0.describe(wire, body: request.body, meaning) }
        }
        let limit = FrameReader.longest + 1_048_576
        guard requests.wire.count < limit else { throw .bodyTooLarge(limit: limit) }
    }

    private mutating func readResponses(_ recorder: inout Recorder) throws(HTTPResponseError) {
        while !isWebSocket {
            let answersHead = asked.first?.head.hasMethod("HEAD") == true
            guard let (response, wire) = try responses.next(answersHead) else { return }
            add(response, wire, &recorder)
        }
    }

    private mutating func add(
        _ response: HTTPResponse, _ wire: [UInt8], _ recorder: inout Recorder
    ) {
        let isUpgrade = response.status == .switchingProtocols
        let isInterim = response.status.isInterim && !isUpgrade
        let one = asked.first
        var meaning = Meaning()
        if one == nil { meaning.problems = [said("a response came without a request")] }
        if !response.body.isEmpty, response.fields["Content-Encoding"] != nil {
            meaning.summary = said("(compressed)")
        } else if let session = one?.session(.toVisitor, recorder.connection),
            one?.head.hasMethod("GET") == true, response.status == .ok
        {
            // The answer to a POST is "ok"; packets come in that to a GET.
            meaning = recorder.packets.payload(response.body, session, recorder.nextNumber)
        }
        recorder.add(isUpgrade ? .upgrade : .response, .toVisitor) {
            $0.describe(wire, body: response.body, meaning)
            $0.answers = one?.number
            $0.isChanged = isChanged
        }
        isChanged = false
        guard let one, !isInterim else { return }
        asked.removeFirst()
        guard isUpgrade else { return received([], .toServer, false, &recorder) }
        let isCompressed = response.fields["Sec-WebSocket-Extensions"] != nil
        for way in [Way.toServer, .toVisitor] {
            let session = one.session(way, recorder.connection)
            frames[way] = MessageReader(way, session: session, isCompressed: isCompressed)
        }
        received(requests.takeRemainder()[...], .toServer, false, &recorder)
        received(responses.takeRemainder()[...], .toVisitor, false, &recorder)
    }

    // MARK: - The end

    /// Says once that one way can't be decoded any more.
    private mutating func lose(_ way: Way, _ reason: String, _ recorder: inout Recorder) {
        lost.insert(way)
        // Without its answer, the meaning of what follows a request for a WebSocket is unknown.
        if asked.last?.asksForWebSocket == true { lost.insert(.toServer) }
        let http = way == .toServer ? requests.wire : responses.wire
        recorder.add(.undecodable, way) {
            $0.summary = said("can't be decoded; what follows is relayed, and not shown")
            $0.wire = ShownBytes(frames[way]?.rest ?? http[...])
            $0.problems = [reason]
        }
    }

    /// One side sends no more. Returns whether the connection is over.
    mutating func ended(_ way: Way, _ recorder: inout Recorder) -> Bool {
        if way == .toVisitor, !isWebSocket, !lost.contains(way),
            let (response, wire) = responses.ended()
        {
            add(response, wire, &recorder)
        }
        let http = way == .toServer ? requests.wire : responses.wire
        let isWhole = frames[way]?.isBetweenMessages ?? http.isEmpty
        recorder.add(.ended, way) {
            $0.summary = said("sends no more (FIN)")
            if !isWhole, !lost.contains(way) {
                $0.problems = [said("the end came in the middle of a message")]
            }
        }
        ended.insert(way)
        return ended.count == 2
    }
}
