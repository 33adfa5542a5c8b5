// In: what a client offers, and what the server's program allows; or what the server has answered.
// Out: what both have agreed on, and compressors that keep to it.
// Spec: RFC 7692 §5, §7.1. Next: ExtensionHeader.swift, Deflater.swift.

/// What a program wants of compressed messages. The defaults agree to everything.
package struct MessageDeflateOptions: Equatable, Sendable {
    /// Whether the server's compressor drops its context after each message: true demands it, false
    /// refuses a client that asks for it, nil does as the client asks.
    package var serverNoContextTakeover: Bool?
    /// Whether the client's compressor does: true demands it; false, at a client, refuses it.
    package var clientNoContextTakeover: Bool?
    /// The largest window of each compressor; nil: the largest that the other side takes.
    package var serverMaxWindowBits: Int?
    package var clientMaxWindowBits: Int?

    package init() {}
}

/// What both sides do.
package struct MessageDeflateAgreement: Equatable, Sendable {
    /// What the server answers.
    package let parameters: DeflateParameters

    /// The server's answer to a field Sec-WebSocket-Extensions: the first offer that it can do;
    /// nil: there is none, and messages are not compressed. An offer with wrong parameters is
    /// passed over; a field that is no list at all is answered with 400.
    /// Spec: RFC 7692 §5.1, §7.1; RFC 6455 §9.1
    package static func accept(
        _ field: String, _ options: MessageDeflateOptions
    ) throws(ExtensionError) -> MessageDeflateAgreement? {
        for offer in try DeflateParameters.all(in: field) {
            if case .success(let offer) = offer, let answer = answer(to: offer, options) {
                return MessageDeflateAgreement(parameters: answer)
            }
        }
        return nil
    }

    private static func answer(
        to offer: DeflateParameters, _ options: MessageDeflateOptions
    ) -> DeflateParameters? {
        var answer = offer
        if offer.serverNoContextTakeover, options.serverNoContextTakeover == false { return nil }
        if options.serverNoContextTakeover == true { answer.serverNoContextTakeover = true }
        if options.clientNoContextTakeover == true { answer.clientNoContextTakeover = true }
        if let bits = options.serverMaxWindowBits {
            if let most = offer.serverMaxWindowBits, bits > most { return nil }
            answer.serverMaxWindowBits = bits
        }
        switch (options.clientMaxWindowBits, offer.clientMaxWindowBits) {
        // Only a client that knows the parameter may be told a number.
        case (.some, nil): return nil
        case (let bits?, .anyBits?): answer.clientMaxWindowBits = .bits(bits)
        case (let bits?, .bits(let offered)?):
            answer.clientMaxWindowBits = .bits(min(bits, offered))
        case (nil, .anyBits?): answer.clientMaxWindowBits = nil
        case (nil, .bits?), (nil, nil): break
        }
        return answer
    }

    /// What a client offers.
    package static func offer(_ options: MessageDeflateOptions) -> DeflateParameters {
        var offer = DeflateParameters()
        offer.serverNoContextTakeover = options.serverNoContextTakeover == true
        offer.clientNoContextTakeover = options.clientNoContextTakeover == true
        offer.serverMaxWindowBits = options.serverMaxWindowBits
        offer.clientMaxWindowBits = options.clientMaxWindowBits.map { .bits($0) } ?? .anyBits
        return offer
    }

    /// The client's look at the server's answer; nil: messages are not compressed. After an error
    /// the client fails the connection.
    /// Spec: RFC 7692 §7.1, RFC 6455 §4.1
    package static func confirm(
        _ field: String, offered options: MessageDeflateOptions
    ) throws(ExtensionError) -> MessageDeflateAgreement? {
        for name in try DeflateParameters.names(in: field) where name != DeflateParameters.name {
            throw .notOffered(name)
        }
        let answers = try DeflateParameters.all(in: field)
        guard answers.count <= 1 else { throw .severalAccepted }
        guard var answer = try answers.first?.get() else { return nil }
        if answer.clientMaxWindowBits == .anyBits {
            throw .invalidValue(parameter: "client_max_window_bits")
        }
        if case .bits(let bits)? = answer.clientMaxWindowBits,
            bits > options.clientMaxWindowBits ?? 15
        {
            throw .notAgreed(parameter: "client_max_window_bits=\(bits)")
        }
        if answer.clientNoContextTakeover, options.clientNoContextTakeover == false {
            throw .notAgreed(parameter: "client_no_context_takeover")
        }
        if options.serverNoContextTakeover == true, !answer.serverNoContextTakeover {
            throw .notAgreed(parameter: "no server_no_context_takeover")
        }
        if let most = options.serverMaxWindowBits, answer.serverMaxWindowBits ?? 15 > most {
            throw .notAgreed(parameter: "no server_max_window_bits=\(most)")
        }
        // A server need not repeat what only this side keeps to.
        if answer.clientMaxWindowBits == nil {
            answer.clientMaxWindowBits = options.clientMaxWindowBits.map { .bits($0) }
        }
        return MessageDeflateAgreement(parameters: answer)
    }

    // MARK: - What follows from it

    package var serverBits: Int { parameters.serverMaxWindowBits ?? 15 }
    package var clientBits: Int {
        if case .bits(let bits)? = parameters.clientMaxWindowBits { bits } else { 15 }
    }

    /// Whether the messages of a side may copy from those before.
    package func keepsContext(ofServer: Bool) -> Bool {
        ofServer ? !parameters.serverNoContextTakeover : !parameters.clientNoContextTakeover
    }

    /// For messages that this side sends. `windowBits` saves memory: less than agreed on is right.
    package func compressor(
        isServer: Bool, level: DeflateLevel = .default, windowBits: Int = 15
    ) -> Deflater {
        Deflater(
            .messages, level: level,
            windowBits: min(windowBits, isServer ? serverBits : clientBits),
            keepsContext: keepsContext(ofServer: isServer))
    }

    /// For messages that this side receives, each at most `limit` bytes when decompressed.
    package func decompressor(isServer: Bool, limit: Int) -> Inflater {
        Inflater(
            .messages, windowBits: isServer ? clientBits : serverBits, limit: limit,
            keepsContext: keepsContext(ofServer: !isServer))
    }
}
