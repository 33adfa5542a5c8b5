// In: the field Sec-WebSocket-Extensions. Out: what it offers or accepts: names with parameters. Of
// permessage-deflate, the parameters as values, or what is wrong with them.
// Spec: RFC 6455 §9.1, RFC 7692 §7.1. Next: DeflateNegotiation.swift.

import EngineBytes

/// What is wrong with the field Sec-WebSocket-Extensions.
package enum ExtensionError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed
    case unknownParameter(String)
    case repeatedParameter(String)
    case invalidValue(parameter: String)
    case severalAccepted
    case notOffered(String)
    case notAgreed(parameter: String)

    package var description: String {
        switch self {
        case .malformed: "Sec-WebSocket-Extensions is no list of names with parameters"
        case .unknownParameter(let name): "permessage-deflate has no parameter \(name)"
        case .repeatedParameter(let name): "the parameter \(name) stands there twice"
        case .invalidValue(let parameter):
            parameter.hasSuffix("_bits")
                ? "\(parameter) must be a number from 8 to 15"
                : "\(parameter) must have no value"
        case .severalAccepted: "the server may accept permessage-deflate only once"
        case .notOffered(let name): "the server accepts \(name), which was not offered"
        case .notAgreed(let parameter): "the server answers with \(parameter); that was not offered"
        }
    }
}

/// The parameters of one offer of permessage-deflate, or of the answer.
/// Spec: RFC 7692 §7.1
package struct DeflateParameters: Equatable, Sendable {
    package static let name = "permessage-deflate"

    /// A limit that a peer is given, or says that it can be given.
    package enum WindowLimit: Equatable, Sendable {
        case bits(Int)
        /// Without a number: "you may tell me one". A client offers so.
        case anyBits
    }

    package var serverNoContextTakeover = false
    package var clientNoContextTakeover = false
    package var serverMaxWindowBits: Int?
    package var clientMaxWindowBits: WindowLimit?

    package init() {}

    /// All offers of permessage-deflate in the field, in their order; other extensions are passed
    /// over. From several fields of this name, the values are joined by commas. What is wrong with
    /// one offer says nothing about the others; a field that is no list is an error.
    package static func all(
        in field: String
    ) throws(ExtensionError) -> [Result<DeflateParameters, ExtensionError>] {
        var parser = ExtensionParser(rest: Array(field.utf8)[...])
        return try parser.list().filter { $0.name == Self.name }.map { _, parameters in
            Result { () throws(ExtensionError) in try DeflateParameters(parameters) }
        }
    }

    /// The names of all extensions in the field.
    static func names(in field: String) throws(ExtensionError) -> [String] {
        var parser = ExtensionParser(rest: Array(field.utf8)[...])
        return try parser.list().map(\.name)
    }

    private init(_ parameters: [ExtensionParser.Parameter]) throws(ExtensionError) {
        var seen: Set<String> = []
        for (name, value) in parameters {
            guard seen.insert(name).inserted else { throw .repeatedParameter(name) }
            switch name {
            case "server_no_context_takeover", "client_no_context_takeover":
                guard value == nil else { throw .invalidValue(parameter: name) }
                if name.hasPrefix("server") {
                    serverNoContextTakeover = true
                } else {
                    clientNoContextTakeover = true
                }
            case "server_max_window_bits":
                guard let value else { throw .invalidValue(parameter: name) }
                serverMaxWindowBits = try Self.bits(value, of: name)
            case "client_max_window_bits":
                guard let value else {
                    clientMaxWindowBits = .anyBits
                    continue
                }
                clientMaxWindowBits = .bits(try Self.bits(value, of: name))
            default: throw .unknownParameter(name)
            }
        }
    }

    /// "A decimal integer value without leading zeroes between 8 to 15 inclusive"
    /// Spec: RFC 7692 §7.1.2.1
    private static func bits(_ value: String, of name: String) throws(ExtensionError) -> Int {
        for bits in 8...15 where value == "\(bits)" { return bits }
        throw .invalidValue(parameter: name)
    }

    /// As it stands in the field.
    package var header: String {
        var parts = [Self.name]
        if serverNoContextTakeover { parts.append("server_no_context_takeover") }
        if clientNoContextTakeover { parts.append("client_no_context_takeover") }
        if let bits = serverMaxWindowBits { parts.append("server_max_window_bits=\(bits)") }
        switch clientMaxWindowBits {
        case .bits(let bits): parts.append("client_max_window_bits=\(bits)")
        case .anyBits: parts.append("client_max_window_bits")
        case nil: break
        }
        return parts.joined(separator: "; ")
    }
}

/// Reads the grammar of the field: names and values are tokens, or tokens in quotes.
/// Spec: RFC 6455 §9.1
private struct ExtensionParser {
    typealias Parameter = (name: String, value: String?)
    var rest: ArraySlice<UInt8>

    mutating func list() throws(ExtensionError) -> [(name: String, parameters: [Parameter])] {
        var list: [(name: String, parameters: [Parameter])] = []
        repeat {
            skipBlanks()
            // A list may have empty elements. Spec: RFC 9110 §5.6.1
            if rest.isEmpty || rest.first == .comma { continue }
            let name = try token()
            var parameters: [Parameter] = []
            while take(.semicolon) {
                let name = try token()
                parameters.append((name, take(.equals) ? try value() : nil))
            }
            list.append((name, parameters))
        } while take(.comma)
        guard rest.isEmpty else { throw .malformed }
        return list
    }

    private mutating func token() throws(ExtensionError) -> String {
        skipBlanks()
        let token = rest.prefix { $0.isToken }
        guard !token.isEmpty else { throw .malformed }
        rest = rest.dropFirst(token.count)
        return String(decoding: token, as: UTF8.self)
    }

    private mutating func value() throws(ExtensionError) -> String {
        guard take(.quote) else { return try token() }
        var token: [UInt8] = []
        while let byte = rest.popFirst(), byte != .quote {
            guard let next = byte == .backslash ? rest.popFirst() : byte, next.isToken else {
                throw .malformed
            }
            token.append(next)
            // The closing quote has to come.
            if rest.isEmpty { throw .malformed }
        }
        guard !token.isEmpty else { throw .malformed }
        return String(decoding: token, as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop { $0.isBlank } }
}
