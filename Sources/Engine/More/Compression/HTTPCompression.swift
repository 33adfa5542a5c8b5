// Answers over HTTP, compressed where the client can read that: those to polls, the browser client,
// and (CodedPages.swift) files of the pages. In: answers, and the field Accept-Encoding. Out: the
// same answers, shorter. Spec: RFC 9110 §8.4, §12.5.3.
// Next: CodedPages.swift; Sources/Wire/HTTP/More/ContentCoding.swift.

import DeflateWire
import HTTPWire

/// How answers are compressed.
public struct HTTPCompression: Equatable, Sendable {
    /// Bodies of fewer bytes go as they are.
    public var threshold = 1_024
    /// How hard to look for what was there before, in answers to polls. What is kept is always
    /// compressed as well as it can be.
    public var level = DeflateLevel.default

    /// The reference's defaults.
    public init() {}
}

extension EngineIOServer {
    /// Compresses an answer to a poll, or the browser client.
    func compress(_ response: inout HTTPResponse, for head: HTTPRequestHead) {
        guard let options = options.httpCompression, response.body.count >= options.threshold,
            response.status == .ok
        else { return }
        // What has a tag is a file.
        guard response.fields["ETag"] == nil else {
            return CodedPages.shared.code(&response, for: head, options)
        }
        guard let coding = head.fields["Accept-Encoding"].flatMap(ContentCoding.preferred),
            !takesPollPlain(head)
        else { return }
        response.body = BodyCompressor.shared.compress(response.body, coding, options.level)
        response.fields.add("Content-Encoding", coding.rawValue)
    }

    /// Whether the program wants nothing compressed that this poll is answered with.
    private func takesPollPlain(_ head: HTTPRequestHead) -> Bool {
        guard let sid = head.queryBytes(named: "sid"),
            let session = sessions[String(decoding: sid, as: UTF8.self)]
        else { return false }
        return (session.extras as? SessionExtras)?.isPollPlain ?? false
    }
}

extension Session {
    /// These packets are about to be the answer to a poll. It is compressed if one of them may be,
    /// as in the reference.
    func tellCompressible(_ packets: [OutgoingPacket]) {
        let isPlain = !packets.contains { $0.isCompressible }
        if isPlain || extras != nil { more.isPollPlain = isPlain }
    }
}

/// A request with a compressed body. None is read: it would cost more than it says, and no client
/// of Socket.IO sends any.
nonisolated struct CompressedBody: Error, CustomStringConvertible {
    let coding: String

    var description: String {
        "its POST is compressed (Content-Encoding: \(coding)); bodies have to be sent as they are"
    }

    /// What is wrong with a body that is no packets may be that it is compressed.
    @MainActor static func explaining<Value>(
        _ request: Request, _ read: () throws -> Value
    ) throws -> Value {
        do {
            return try read()
        } catch {
            guard let coding = request.fields["Content-Encoding"] else { throw error }
            throw CompressedBody(coding: coding)
        }
    }
}

/// Compresses bodies, one after the other.
final class BodyCompressor {
    static let shared = BodyCompressor()

    private struct Kind: Hashable {
        let coding: ContentCoding
        let level: DeflateLevel
    }
    /// At most four, of 264 KiB.
    private var compressors: [Kind: Deflater] = [:]

    func compress(
        _ body: [UInt8], _ coding: ContentCoding, _ level: DeflateLevel
    ) -> [UInt8] {
        let format: DeflateFormat = coding == .gzip ? .gzip : .zlib
        let kind = Kind(coding: coding, level: level)
        return compressors[kind, default: Deflater(format, level: level)]
            .compress(body[...], flush: .finish)
    }
}
