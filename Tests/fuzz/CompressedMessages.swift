// permessage-deflate. Whatever a client offers, and whatever the server's program wants: what is
// answered is an answer to it, and both sides read each other then. Whatever frames come: in one
// piece and in many they give the same, and never more than the limit. Next: Compression.swift.

import DeflateWire
import WebSocketDeflate
import WebSocketWire

func negotiation(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    let field = String(decoding: bytes, as: UTF8.self)
    var options = PerMessageDeflate()
    options.threshold = 0
    options.serverNoContextTakeover = [nil, true, false][cut % 3]
    options.clientNoContextTakeover = [nil, true, false][cut / 3 % 3]
    options.serverMaxWindowBits = [nil, 8, 10, 15][cut / 9 % 4]
    options.clientMaxWindowBits = [nil, 8, 12, 15][cut / 36 % 4]
    if let agreement = try? MessageDeflateAgreement.accept(field, options.negotiation) {
        checkAnswer(agreement, options)
    }
    // As the answer of a server, to a client with these options.
    guard let agreed = try? MessageDeflateAgreement.confirm(field, offered: options.negotiation)
    else { return }
    check(
        options.serverNoContextTakeover != true || !agreed.keepsContext(ofServer: true),
        "a client gets the server that it has asked for")
    check(
        agreed.serverBits <= options.serverMaxWindowBits ?? 15
            && agreed.clientBits <= options.clientMaxWindowBits ?? 15, "windows are kept to")
}

private func checkAnswer(_ agreement: MessageDeflateAgreement, _ options: PerMessageDeflate) {
    check(
        agreement.serverBits <= options.serverMaxWindowBits ?? 15
            && agreement.clientBits <= options.clientMaxWindowBits ?? 15, "windows are kept to")
    check(
        options.serverNoContextTakeover != true || !agreement.keepsContext(ofServer: true),
        "the server does as it is told")
    var anything = PerMessageDeflate()
    anything.threshold = 0
    let header = agreement.parameters.header
    guard
        let client = try? MessageDeflateAgreement.confirm(
            header, offered: anything.negotiation)
    else { fail("an answer is understood") }
    for isServer in [true, false] {
        var compressor = MessageCompressor(
            isServer ? agreement : client, options, isServer: isServer)
        var restorer = MessageRestorer(
            isServer ? client : agreement, isServer: !isServer, limit: 10_000)
        for round in 0..<3 {
            let message = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5 ^ round) }
            guard var payload = compressor.compress(message[...]) else { continue }
            let restored: Void? = try? restorer.restore(&payload, endsMessage: true)
            check(restored != nil && payload == message, "each reads the other")
        }
    }
}

/// Frames of a client or a server, where compression was agreed on.
func compressedMessages(_ bytes: ArraySlice<UInt8>, _ cut: Int) {
    let offer = ["", "; client_no_context_takeover; server_no_context_takeover"][cut & 1]
    guard
        let agreement = try? MessageDeflateAgreement.accept(
            "permessage-deflate\(offer)", PerMessageDeflate().negotiation)
    else { fail("a plain offer is accepted") }
    for isServer in [true, false] {
        func run(_ parts: [ArraySlice<UInt8>]) -> [Incoming] {
            var limits = WebSocketLimits()
            limits.message = 5_000
            var decoder = MessageDecoder(role: isServer ? .server : .client, limits: limits)
            decoder.restorer = MessageRestorer(agreement, isServer: isServer, limit: 5_000)
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
        check(whole == run(pieces(bytes, cut)), "compressed messages in pieces")
        for case .text(let text) in whole { check(text.count <= 5_000, "the limit is kept") }
    }
}
